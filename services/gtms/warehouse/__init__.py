"""4 ClickHouse: connections and what their errors mean, migrations, what is written and read."""
