package dev.parley.core.speakers;

/**
 * What a backend answers to a question about speakers: first {@link Opened}, then the one answer
 * that was asked for, then completion; or a {@link dev.parley.core.error.HubException}.
 */
public sealed interface SpeakerEvent {

  /** The backend accepted the call. */
  record Opened() implements SpeakerEvent {}

  /** Who spoke when. */
  record Turns(Diarization diarization) implements SpeakerEvent {}

  /** Whether it is the same person. */
  record Compared(Verification verification) implements SpeakerEvent {}
}
