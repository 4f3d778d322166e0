package dev.parley.hub.bench.speech;

/** A way on which speech is asked for and comes. */
enum Way {
  DIRECT("direct", Over.BACKEND, SpeechConfig.PACED, "pcm", Content.SAMPLES),
  PCM("REST pcm", Over.HUB, SpeechConfig.PACED, "pcm", Content.SAMPLES),
  PCM_OF_EVENTS(
      "REST pcm, made from events", Over.HUB, SpeechConfig.PACED_EVENTS, "pcm", Content.SAMPLES),
  SSE("REST sse", Over.HUB, SpeechConfig.PACED, "pcm", Content.EVENTS),
  GRPC("gRPC pcm", Over.GRPC, SpeechConfig.PACED, "pcm", Content.SAMPLES),
  MP3("REST mp3", Over.HUB, SpeechConfig.PACED, "mp3", Content.CODED),
  OPUS("REST opus", Over.HUB, SpeechConfig.PACED, "opus", Content.CODED);

  /** Who is asked. */
  enum Over {
    BACKEND,
    HUB,
    GRPC
  }

  /** What a body holds. */
  enum Content {
    SAMPLES,
    EVENTS,
    /** Its length does not tell how long it sounds. */
    CODED
  }

  private final String label;
  private final Over over;
  private final String model;
  private final String format;
  private final Content content;

  Way(String label, Over over, String model, String format, Content content) {
    this.label = label;
    this.over = over;
    this.model = model;
    this.format = format;
    this.content = content;
  }

  String label() {
    return label;
  }

  Over over() {
    return over;
  }

  String model() {
    return model;
  }

  String format() {
    return format;
  }

  Content content() {
    return content;
  }
}
