-- What callers may still use, as bucket4j writes it; rows are dropped once they say nothing any more.
CREATE TABLE parley_limits_buckets (
  id VARCHAR(255) PRIMARY KEY,
  state BYTEA,
  expires_at BIGINT,
  explicit_lock BIGINT
);
CREATE INDEX parley_limits_buckets_expiry ON parley_limits_buckets (expires_at);

-- Calls that run now. Whoever does not renew his place in time has lost it.
CREATE TABLE parley_limits_streams (
  place VARCHAR(255) NOT NULL,
  lease VARCHAR(64) NOT NULL,
  expires_at BIGINT NOT NULL,
  PRIMARY KEY (place, lease)
);
