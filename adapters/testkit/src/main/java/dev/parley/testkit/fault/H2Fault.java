package dev.parley.testkit.fault;

/**
 * What an {@link H2FaultServer} does to a stream whose request it has read.
 *
 * @param when how much of an answer it sends before
 * @param what how it ends the stream or the connection
 */
public record H2Fault(When when, What what) {

  /** How much of an answer comes first. */
  public enum When {
    /** Nothing. */
    BEFORE_HEAD,
    /** The head and the first bytes of the body. */
    IN_BODY
  }

  /** How a stream is ended. */
  public enum What {
    /** RST_STREAM with REFUSED_STREAM: nothing was done. */
    REFUSED,
    /** RST_STREAM with CANCEL. */
    CANCELLED,
    /** RST_STREAM with INTERNAL_ERROR. */
    BROKEN,
    /** GOAWAY with a last stream id below this stream's, then the connection closes. */
    GOAWAY_BELOW,
    /** GOAWAY with this stream's id, then the connection closes all the same. */
    GOAWAY_AT,
    /** GOAWAY with this stream's id, then the answer to its end. */
    GOAWAY_IN_ORDER,
    /** The connection closes. */
    CLOSED
  }
}
