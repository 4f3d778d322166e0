package dev.parley.hub.edge.voice;

import com.google.protobuf.Timestamp;
import dev.parley.hub.voice.LibraryVoice;
import dev.parley.hub.voice.PresetCatalog;
import dev.parley.hub.voice.VoiceEntry;
import dev.parley.hub.voice.VoiceReference;
import dev.parley.proto.v1.Reference;
import dev.parley.proto.v1.Voice;
import java.time.Instant;

/** Voices as messages of the schema. */
public final class VoiceMessages {

  private VoiceMessages() {}

  /** A voice, wherever it comes from. */
  public static Voice message(VoiceEntry entry) {
    return switch (entry) {
      case VoiceEntry.Cloned(LibraryVoice voice) -> message(voice);
      case VoiceEntry.Bundled(PresetCatalog.Preset preset) ->
          Voice.newBuilder()
              .setVoiceId(preset.name())
              .setName(preset.name())
              .setKind("preset")
              .addAllLanguages(preset.languages())
              .addAllModels(preset.models())
              .build();
    };
  }

  /** A voice that was made here. */
  public static Voice message(LibraryVoice voice) {
    Instant made = voice.createdAt();
    Voice.Builder message =
        Voice.newBuilder()
            .setVoiceId(voice.id())
            .setName(voice.name())
            .setKind("cloned")
            .addAllLanguages(voice.languages())
            .setCreatedAt(
                Timestamp.newBuilder().setSeconds(made.getEpochSecond()).setNanos(made.getNano()))
            .putAllLabels(voice.labels())
            .setEtag(voice.etag())
            .setExtraJson(voice.extraJson());
    for (VoiceReference reference : voice.references()) {
      message.addReferences(
          Reference.newBuilder()
              .setId(reference.id())
              .setDuration(reference.seconds())
              .setSampleRateHz(reference.sampleRateHz())
              .setTranscript(reference.transcript())
              .setSha256(reference.sha256()));
    }
    return message.build();
  }
}
