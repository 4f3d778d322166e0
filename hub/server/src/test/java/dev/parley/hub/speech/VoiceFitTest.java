package dev.parley.hub.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.speech.PresetVoice;
import dev.parley.core.speech.Recording;
import dev.parley.core.speech.SynthesisAbilities;
import dev.parley.core.speech.SynthesisAbilities.Cloning;
import dev.parley.core.speech.SynthesisAbilities.RecordingLimits;
import dev.parley.core.speech.TargetVoice;
import dev.parley.hub.voice.LibraryVoice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VoiceFitTest {

  private static final VoicesThere BRINGS =
      new VoicesThere(
          "",
          Map.of("narrator", "Emily.wav"),
          Optional.of(
              List.of(
                  new PresetVoice("Emily.wav", List.of()), new PresetVoice("Ryan", List.of()))));
  private static final SynthesisAbilities PLAIN = SynthesisAbilities.PLAIN;
  private static final SynthesisAbilities CLONES =
      SynthesisAbilities.builder()
          .cloning(new Cloning.KeptThere(new RecordingLimits(5, 30, 1, false)))
          .build();

  private static VoiceThere fit(KnownVoice voice, SynthesisAbilities abilities) {
    return new VoiceFit(BRINGS, abilities, "en").of(voice);
  }

  private static KnownVoice.Library library(String name, double seconds) {
    Recording recording =
        new Recording(name + "-hash", new byte[44 + (int) (seconds * 48_000)], 24_000, seconds, "");
    return new KnownVoice.Library(
        new LibraryVoice(
            "voice_" + name, name, List.of(), List.of(), Instant.EPOCH, Map.of(), "1", ""),
        List.of(recording));
  }

  @Test
  void takesAModelsOwnNameWhateverItsCase() {
    assertThat(fit(new KnownVoice.Foreign("ryan"), PLAIN))
        .isEqualTo(new VoiceThere.Ready(new TargetVoice.Preset("Ryan"), true, ""));
  }

  @Test
  void takesTheNameOfAFileWithoutItsEnding() {
    assertThat(fit(new KnownVoice.Foreign("emily"), PLAIN))
        .isEqualTo(new VoiceThere.Ready(new TargetVoice.Preset("Emily.wav"), true, ""));
  }

  @Test
  void takesTheOperatorsNamesForTheModels() {
    assertThat(fit(new KnownVoice.Foreign("narrator"), PLAIN))
        .isEqualTo(new VoiceThere.Ready(new TargetVoice.Preset("Emily.wav"), true, ""));
  }

  @Test
  void letsTheUsualVoiceSpeakForANameThatProgramsForOpenAiMustGive() {
    assertThat(fit(new KnownVoice.Foreign("alloy"), PLAIN))
        .isEqualTo(new VoiceThere.Ready(new TargetVoice.Usual(), false, ""));
  }

  @Test
  void refusesANameThatNobodyThereKnows() {
    assertThat(fit(new KnownVoice.Foreign("Emilie"), PLAIN))
        .isEqualTo(new VoiceThere.Impossible("it has no voice Emilie", true));
  }

  @Test
  void triesAnyNameWhereTheServerDoesNotTell() {
    VoicesThere silent = new VoicesThere("", Map.of(), Optional.empty());
    assertThat(new VoiceFit(silent, PLAIN, "").of(new KnownVoice.Foreign("x")))
        .isEqualTo(new VoiceThere.Ready(new TargetVoice.Preset("x"), true, ""));
  }

  @Test
  void givesTheRecordingsToAServerThatKeepsThem() {
    assertThat(fit(library("anna", 8), CLONES)).isInstanceOf(VoiceThere.ToKeep.class);
  }

  @Test
  void saysWhatARecordingLacks() {
    assertThat(fit(library("anna", 3), CLONES))
        .isEqualTo(
            new VoiceThere.Impossible(
                "it needs a recording of 5.0 s, the longest has 3.0 s", false));
    assertThat(fit(library("anna", 8), PLAIN)).isInstanceOf(VoiceThere.Impossible.class);
  }

  @Test
  void mixesTheModelsOwnVoicesWhereItCan() {
    SynthesisAbilities blends = SynthesisAbilities.builder().blends().build();
    KnownVoice blend =
        new KnownVoice.Blend(
            List.of(
                new KnownVoice.Blend.Share(new KnownVoice.Foreign("narrator"), 0.7),
                new KnownVoice.Blend.Share(new KnownVoice.Foreign("ryan"), 0.3)));
    assertThat(fit(blend, blends))
        .isEqualTo(
            new VoiceThere.Ready(
                new TargetVoice.Blended(
                    List.of(
                        new TargetVoice.Blended.Share("Emily.wav", 0.7),
                        new TargetVoice.Blended.Share("Ryan", 0.3))),
                true,
                VoiceFit.BLEND_OF_MODEL));
    assertThat(fit(blend, PLAIN))
        .isEqualTo(
            new VoiceThere.Ready(
                new TargetVoice.Preset("Emily.wav"), false, VoiceFit.BLEND_HEAVIEST));
  }

  @Test
  void letsRecordingsSpeakInTurnWhereOnlyRecordingsCanBeMixed() {
    KnownVoice blend =
        new KnownVoice.Blend(
            List.of(
                new KnownVoice.Blend.Share(library("anna", 12), 0.75),
                new KnownVoice.Blend.Share(library("bert", 12), 0.25)));
    VoiceThere there = fit(blend, CLONES);
    assertThat(there).isInstanceOf(VoiceThere.ToKeep.class);
    VoiceThere.ToKeep kept = (VoiceThere.ToKeep) there;
    assertThat(kept.blend()).isEqualTo(VoiceFit.BLEND_OF_RECORDINGS);
    assertThat(kept.voice().recordings().getFirst().seconds()).isEqualTo(16);
  }
}
