package dev.parley.adapters.voicebox;

import dev.parley.adapters.http.BackendClient;
import dev.parley.adapters.http.BackendFailures;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.NearestName;
import dev.parley.core.model.Target;
import dev.parley.core.speech.PresetVoice;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/**
 * The profiles of one server, as it last told them. Those that the hub made for voices of its
 * library are not offered to anybody else.
 */
final class Profiles {

  private final BackendClient client;

  /** What may be offered, by the name that it is offered under, the usual one first. */
  private volatile Map<String, Profile> offered = Map.of();

  Profiles(BackendClient client) {
    this.client = client;
  }

  /** All of them, as the server tells now. */
  CompletableFuture<List<Profile>> ask() {
    return client
        .get("/profiles")
        .thenApply(answer -> {
          if (!answer.ok()) {
            throw new HubException(BackendFailures.answered(target(), answer));
          }
          List<Profile> all =
              Profile.list(answer.body())
                  .orElseThrow(() -> failed(answer.status(), "its profiles cannot be read"));
          offered = named(all);
          return all;
        });
  }

  /** A name that two have says nothing: they go by their ids. */
  private static Map<String, Profile> named(List<Profile> all) {
    List<Profile> speaking =
        all.stream().filter(profile -> profile.speaks() && !profile.isOurs()).toList();
    Map<String, Long> counts =
        speaking.stream().collect(Collectors.groupingBy(Profile::name, Collectors.counting()));
    Map<String, Profile> names = new LinkedHashMap<>();
    for (Profile profile : speaking) {
      boolean unique = !profile.name().isEmpty() && counts.getOrDefault(profile.name(), 0L) == 1;
      names.putIfAbsent(unique ? profile.name() : profile.id(), profile);
    }
    return names;
  }

  /** The voices to offer, as the server tells now. */
  CompletableFuture<List<PresetVoice>> voices() {
    return ask().thenApply(_ -> offered.entrySet().stream().map(Profiles::preset).toList());
  }

  private static PresetVoice preset(Map.Entry<String, Profile> entry) {
    String language = entry.getValue().language();
    return new PresetVoice(entry.getKey(), language.isEmpty() ? List.of() : List.of(language));
  }

  /** One by its name or its id; asks only when it is not known. */
  CompletableFuture<Profile> find(String name) {
    Optional<Profile> known = known(name);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known.get())
        : ask().thenApply(_ -> known(name).orElseThrow(() -> new HubException(missing(name))));
  }

  /** The one that speaks when nobody asks for another: the oldest. */
  CompletableFuture<Profile> usual(Target target) {
    return offered.isEmpty()
        ? ask().thenApply(_ -> first(target))
        : CompletableFuture.completedFuture(first(target));
  }

  private Profile first(Target target) {
    return offered.values().stream()
        .findFirst()
        .orElseThrow(() ->
            new HubException(
                new HubError.CapabilityMissing(
                    target.model(),
                    "a voice of its own",
                    "name a voice of the library, or make a profile in Voicebox")));
  }

  private Optional<Profile> known(String name) {
    Map<String, Profile> now = offered;
    Profile byName = now.get(name);
    return byName != null
        ? Optional.of(byName)
        : now.values().stream().filter(profile -> profile.id().equals(name)).findFirst();
  }

  /** By what name that profile is offered; its id when it is not. */
  String nameOf(Profile profile) {
    return offered.entrySet().stream()
        .filter(entry -> entry.getValue().id().equals(profile.id()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(profile.id());
  }

  HubError missing(String name) {
    return new HubError.NotFound(
        HubError.NotFound.Kind.VOICE, name, NearestName.of(name, offered.keySet()));
  }

  private Target target() {
    return new Target(client.spec().id(), "-");
  }

  private HubException failed(int status, String detail) {
    return new HubException(
        new HubError.BackendFailed(
            target(), OptionalInt.of(status), detail, HubError.Reached.BACKEND));
  }
}
