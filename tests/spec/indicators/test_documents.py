"""docs/indicators/ is what the catalogue and the pages say."""

from tools.document_indicators import out_of_date


def test_the_documents_are_up_to_date() -> None:
    assert out_of_date() == []
