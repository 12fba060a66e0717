"""ClickHouse: connections and their failures, migrations, what is written and how it is accounted for."""
