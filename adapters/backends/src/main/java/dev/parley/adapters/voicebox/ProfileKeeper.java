package dev.parley.adapters.voicebox;

import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.adapters.http.FormBody;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.json.Json;
import dev.parley.core.json.JsonSyntaxException;
import dev.parley.core.json.JsonValue;
import dev.parley.core.json.JsonWriter;
import dev.parley.core.model.Target;
import dev.parley.core.speech.KeptVoice;
import dev.parley.core.speech.Recording;
import dev.parley.core.spi.VoiceKeeper;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;

/**
 * Makes a profile of a recording, in two steps: the profile, and the recording in it. Its name is
 * that of its content, so that one that is there already is found, and one that got no recording is
 * completed.
 */
final class ProfileKeeper implements VoiceKeeper {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int TRANSCRIPT_MAX = 1_000;

  /** Ids are joined to paths. */
  private static final Pattern ID = Pattern.compile("(?!\\.+$)[A-Za-z0-9._-]{1,100}");

  private final BackendClient client;
  private final Profiles profiles;

  ProfileKeeper(BackendClient client, Profiles profiles) {
    this.client = client;
    this.profiles = profiles;
  }

  @Override
  public CompletableFuture<String> keep(KeptVoice voice) {
    Recording recording = voice.recordings().getFirst();
    String said = recording.transcript();
    int length = said.codePointCount(0, said.length());
    if (said.isBlank() || length > TRANSCRIPT_MAX) {
      return CompletableFuture.failedFuture(
          new HubException(
              new HubError.InvalidRequest(
                  "transcript", length + " characters", "1 to " + TRANSCRIPT_MAX)));
    }
    String name = Profile.nameOf(voice.contentKey());
    return profiles
        .ask()
        .thenCompose(all -> {
          Optional<Profile> there = named(all, name);
          return there.isPresent()
              ? completed(there.get(), recording)
              : make(name, voice.language(), recording);
        });
  }

  private static Optional<Profile> named(List<Profile> all, String name) {
    return all.stream()
        .filter(profile -> profile.name().equals(name))
        .max(Comparator.comparing(Profile::speaks));
  }

  private CompletableFuture<String> completed(Profile profile, Recording recording) {
    return profile.speaks()
        ? CompletableFuture.completedFuture(profile.id())
        : record(profile.id(), recording);
  }

  private CompletableFuture<String> make(String name, String language, Recording recording) {
    JsonWriter body = new JsonWriter().beginObject();
    body.member("name", name).member("voice_type", "cloned");
    Languages.of(language).ifPresent(known -> body.member("language", known));
    return client
        .post("/profiles", body.endObject().toValue())
        .thenCompose(answer -> {
          if (answer.ok()) {
            return record(id(answer), recording);
          }
          HubError refusal = BackendFailures.answered(target(), answer);
          return answer.status() == 400
              ? madeMeanwhile(name, recording, refusal)
              : CompletableFuture.failedFuture(new HubException(refusal));
        });
  }

  /** It refuses a name that there is already: another hub may have been quicker. */
  private CompletableFuture<String> madeMeanwhile(
      String name, Recording recording, HubError refusal) {
    return profiles
        .ask()
        .thenCompose(all -> {
          Optional<Profile> there = named(all, name);
          return there.isPresent()
              ? completed(there.get(), recording)
              : CompletableFuture.failedFuture(new HubException(refusal));
        });
  }

  private CompletableFuture<String> record(String id, Recording recording) {
    FormBody form =
        new FormBody(recording.sha256())
            .field("reference_text", recording.transcript())
            .wav("file", "voice.wav", recording.wav());
    String path = path(id);
    return client
        .post(path + "/samples", form.body(), PATIENCE)
        .thenCompose(answer -> {
          if (answer.ok()) {
            return CompletableFuture.completedFuture(id);
          }
          HubException refusal = new HubException(BackendFailures.answered(target(), answer));
          // A recording that it does not want leaves no empty profile behind.
          return client
              .delete(path)
              .handle((_, _) -> "")
              .thenCompose(_ -> CompletableFuture.failedFuture(refusal));
        });
  }

  private String id(BackendClient.Answer answer) {
    try {
      JsonValue profile = Json.parse(answer.body());
      String id = profile.isObject() ? Profile.text(profile, "id") : "";
      if (ID.matcher(id).matches()) {
        return id;
      }
    } catch (JsonSyntaxException _) {
      // Told below.
    }
    throw failed("it does not tell the id of a profile that it made");
  }

  private String path(String id) {
    if (!ID.matcher(id).matches()) {
      throw failed("one of its profiles has an id that is none");
    }
    return "/profiles/" + id;
  }

  @Override
  public CompletableFuture<Boolean> forget(String name) {
    if (!ID.matcher(name).matches()) {
      return CompletableFuture.completedFuture(true);
    }
    return client
        .delete(path(name))
        .thenApply(answer -> {
          if (!answer.ok() && answer.status() != 404) {
            throw new HubException(BackendFailures.answered(target(), answer));
          }
          return true;
        });
  }

  private Target target() {
    return new Target(client.spec().id(), "-");
  }

  private HubException failed(String detail) {
    return new HubException(
        new HubError.BackendFailed(
            target(), OptionalInt.empty(), detail, HubError.Reached.BACKEND));
  }
}
