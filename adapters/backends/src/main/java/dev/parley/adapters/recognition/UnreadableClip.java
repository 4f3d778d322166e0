package dev.parley.adapters.recognition;

import dev.parley.core.error.HubError;
import java.util.Locale;
import java.util.regex.Pattern;

/** How servers say that they cannot read a recording. */
public final class UnreadableClip {

  /** In this order: OpenAI, speaches and vLLM, services over ffmpeg or PyAV, llama.cpp. */
  private static final Pattern UNREADABLE =
      Pattern.compile(
          "(invalid|unsupported|unrecognized) (audio )?(file )?format"
              + "|audio file (is|might be|may be) (corrupted|invalid|empty|unsupported)"
              + "|(could not|couldn't|cannot|can't|failed to|unable to|error) "
              + "(decode|decoding|load|read|open|parse|process)"
              + "( the| this)? (image or )?(audio|sound|file)"
              + "|(audio|sound|file) (could not|cannot) be (decoded|loaded|read|opened|processed)"
              + "|(invalid|corrupt(ed)?|malformed|not a valid) (or unsupported )?"
              + "(audio|sound)( file| data)?"
              + "|invalid data found when processing input"
              + "|format not recogni[sz]ed"
              + "|failed to decode");

  private UnreadableClip() {}

  /** The error as UnsupportedAudio when it says that; any other as it is. */
  public static HubError in(HubError error) {
    return switch (error) {
      case HubError.BackendRejected refused
          when refused.status() == 415 || says(refused.message()) ->
          unreadable();
      case HubError.BackendFailed failed
          when failed.upstreamStatus().orElse(0) == 500 && says(failed.detail()) ->
          unreadable();
      default -> error;
    };
  }

  private static boolean says(String message) {
    return UNREADABLE.matcher(message.toLowerCase(Locale.ROOT)).find();
  }

  private static HubError unreadable() {
    return new HubError.UnsupportedAudio(
        "audio", "the backend cannot read it", "a recording that can be decoded");
  }
}
