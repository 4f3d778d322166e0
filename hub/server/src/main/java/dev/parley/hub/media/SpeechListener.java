package dev.parley.hub.media;

/** Told what happens in a live stream, on threads that must not be kept; one call at a time. */
public interface SpeechListener {

  /** Somebody began to speak, or paused. */
  void heard(SpeechMoment moment);

  /** All was heard; the last call. */
  void finished();

  /** Nothing more will be heard; the last call. */
  void failed(Throwable failure);
}
