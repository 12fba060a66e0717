"""3 From events to cells: loader, timelines, cells, and the Faust app that runs them."""
