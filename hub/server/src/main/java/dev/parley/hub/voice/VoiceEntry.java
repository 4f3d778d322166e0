package dev.parley.hub.voice;

/** A voice that callers can name, wherever it comes from. */
public sealed interface VoiceEntry {

  /** It was made here. */
  record Cloned(LibraryVoice voice) implements VoiceEntry {}

  /** Models bring it. */
  record Bundled(PresetCatalog.Preset preset) implements VoiceEntry {}
}
