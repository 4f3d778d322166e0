package dev.parley.core.recognition;

import java.util.List;

/**
 * A stretch of speech that is written down while it is said.
 *
 * @param languages BCP 47 tags to expect; empty: any
 * @param requestId the id that names the call in logs and answers
 */
public record LiveCall(List<String> languages, String requestId) {
  public LiveCall {
    languages = List.copyOf(languages);
  }
}
