package dev.parley.core.model;

import java.util.Map;

/**
 * The request that a call came in, as far as those have to know who carry the call on. Belongs to
 * the call's event loop.
 */
public interface Visit {

  /** Of calls that no request brought. */
  Visit NONE = headers -> headers;

  /**
   * The headers with which the attempt goes out that was begun last: the caller's, with the trace
   * of the attempt where the call is traced. Names are in lower case.
   */
  Map<String, String> outgoing(Map<String, String> headers);
}
