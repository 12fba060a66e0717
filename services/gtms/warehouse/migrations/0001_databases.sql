-- registry: what national systems said, record by record; only the service accounts read it.
-- indicators: cells, without a person in sight. published: what ministries and UNODC may read.

CREATE DATABASE IF NOT EXISTS registry {on_cluster};

CREATE DATABASE IF NOT EXISTS indicators {on_cluster};

CREATE DATABASE IF NOT EXISTS published {on_cluster};
