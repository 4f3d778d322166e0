package dev.parley.hub.limits;

import dev.parley.core.model.Caller;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.AllowanceConfig;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Counts in one store. Its futures fail with a HubException, or as the store does. */
final class CountedLimits implements Limits {

  private final Rules rules;
  private final Store store;
  private final Clock clock;
  private final ConcurrentHashMap<String, Group> hub = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Group> keys = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Group> owners = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Group> models = new ConcurrentHashMap<>();

  CountedLimits(Rules rules, Store store, Clock clock) {
    this.rules = rules;
    this.store = store;
    this.clock = clock;
  }

  /** Whether nothing is counted of this caller's calls for this name. */
  boolean isFree(Caller caller, String model) {
    return rules.hub().isUnlimited()
        && rules.key(caller.key()).isUnlimited()
        && rules.owner(caller.owner()).isUnlimited()
        && rules.model(model).isUnlimited();
  }

  @Override
  public CompletableFuture<Entry> enter(Caller caller) {
    Group key = group(keys, Whose.KEY, caller.key(), rules.key(caller.key()));
    Group owner = group(owners, Whose.OWNER, caller.owner(), rules.owner(caller.owner()));
    Group all = group(hub, Whose.HUB, "", rules.hub());
    if (key == null && owner == null && all == null) {
      return NONE.enter(caller);
    }
    Claims claims = new Claims();
    List<Place> places = claim(all, claims, claim(owner, claims, claim(key, claims, null)));
    Meter requests = nearest(key, owner, all, true);
    Meter tokens = nearest(key, owner, all, false);
    CompletableFuture<Claims.Verdict> taking = claims.take();
    CompletableFuture<? extends Leases.@Nullable Leased> leasing =
        places == null ? NOWHERE : store.leases().take(places);
    Entering entering = new Entering(claims, taking, leasing, requests, tokens);
    CompletableFuture<?> known = known(tokens);
    return isThere(taking) && isThere(leasing) && isThere(known)
        ? entering.entered(null)
        : entering.later(known);
  }

  @Override
  public Standing standing(Caller caller) {
    Group key = group(keys, Whose.KEY, caller.key(), rules.key(caller.key()));
    Group owner = group(owners, Whose.OWNER, caller.owner(), rules.owner(caller.owner()));
    Group all = group(hub, Whose.HUB, "", rules.hub());
    return new Admission(nearest(key, owner, all, true), nearest(key, owner, all, false), null)
        .standing();
  }

  /** Adds a request, and where it runs; the places so far, null while there are none. */
  private static @Nullable List<Place> claim(
      @Nullable Group group, Claims claims, @Nullable List<Place> places) {
    if (group == null) {
      return places;
    }
    claims.add(group.requests(), 1);
    Place place = group.place();
    if (place == null) {
      return places;
    }
    List<Place> more = places == null ? new ArrayList<>(3) : places;
    more.add(place);
    return more;
  }

  private static boolean isThere(CompletableFuture<?> asked) {
    return asked.isDone() && !asked.isCompletedExceptionally();
  }

  /** A request on its way in: what it asked for, which is there at once in memory. */
  private record Entering(
      Claims claims,
      CompletableFuture<Claims.Verdict> taking,
      CompletableFuture<? extends Leases.@Nullable Leased> leasing,
      @Nullable Meter requests,
      @Nullable Meter tokens) {

    @SuppressWarnings("FutureReturnValueIgnored") // The inner one is what thenCompose waits for.
    CompletableFuture<Entry> later(CompletableFuture<?> known) {
      return CompletableFuture.allOf(taking, leasing, known)
          .handle((_, failure) -> entered(failure))
          .thenCompose(it -> it);
    }

    /** Once all was answered; what was taken in vain is given back. */
    CompletableFuture<Entry> entered(@Nullable Throwable failure) {
      boolean took = isGranted(taking);
      Leases.Leased leased = leasing.isCompletedExceptionally() ? null : leasing.join();
      if (failure == null && took && !(leased instanceof Leases.Full)) {
        Leases.Held held = leased instanceof Leases.Held it ? it : null;
        return CompletableFuture.completedFuture(new Admission(requests, tokens, held));
      }
      if (took) {
        claims.giveBack();
      }
      if (leased instanceof Leases.Held held) {
        held.free();
      }
      if (failure != null) {
        return CompletableFuture.failedFuture(failure);
      }
      return leased instanceof Leases.Full full && took
          ? CompletableFuture.failedFuture(Refusals.of(full))
          : granted(taking.join(), NOTHING);
    }
  }

  private static final CompletableFuture<Leases.@Nullable Leased> NOWHERE =
      CompletableFuture.completedFuture(null);

  private static final Entry NOTHING = new Admission(null, null, null);

  private static boolean isGranted(CompletableFuture<Claims.Verdict> taking) {
    return !taking.isCompletedExceptionally() && taking.join() instanceof Claims.Verdict.Granted;
  }

  private static CompletableFuture<?> known(@Nullable Meter meter) {
    return meter == null ? Taken.GIVEN_NOW : meter.known();
  }

  private static <T> CompletableFuture<T> granted(Claims.Verdict verdict, T result) {
    return switch (verdict) {
      case Claims.Verdict.Granted _ -> CompletableFuture.completedFuture(result);
      case Claims.Verdict.Refused refused -> CompletableFuture.failedFuture(Refusals.of(refused));
      case Claims.Verdict.TooMuch tooMuch -> CompletableFuture.failedFuture(Refusals.of(tooMuch));
    };
  }

  /** The first that has such a quota: the key, else its owner, else the hub. */
  private static @Nullable Meter nearest(
      @Nullable Group key, @Nullable Group owner, @Nullable Group all, boolean requests) {
    for (Group group : new @Nullable Group[] {key, owner, all}) {
      if (group != null) {
        Meter meter = requests ? group.requests() : group.tokens();
        if (meter != null) {
          return meter;
        }
      }
    }
    return null;
  }

  @Override
  public CompletableFuture<Reservation> reserve(Caller caller, Demand demand) {
    Group key = group(keys, Whose.KEY, caller.key(), rules.key(caller.key()));
    Group owner = group(owners, Whose.OWNER, caller.owner(), rules.owner(caller.owner()));
    Group all = group(hub, Whose.HUB, "", rules.hub());
    Group model = group(models, Whose.MODEL, demand.model(), rules.model(demand.model()));
    if (key == null && owner == null && all == null && model == null) {
      return NONE.reserve(caller, demand);
    }
    Claims claims = new Claims();
    if (model != null) {
      claims.add(model.requests(), 1);
    }
    for (Group group : new @Nullable Group[] {key, owner, model, all}) {
      if (group != null) {
        group.claim(demand, claims);
      }
    }
    if (claims.isEmpty()) {
      return NONE.reserve(caller, demand);
    }
    CompletableFuture<Claims.Verdict> taking = claims.take();
    Settlement made = new Settlement(claims);
    return taking.isDone() && !taking.isCompletedExceptionally()
        ? granted(taking.join(), made)
        : taking.thenCompose(verdict -> granted(verdict, made));
  }

  @Override
  public CompletableFuture<List<Left>> left(Caller caller) {
    Group key = group(keys, Whose.KEY, caller.key(), rules.key(caller.key()));
    Group owner = group(owners, Whose.OWNER, caller.owner(), rules.owner(caller.owner()));
    List<CompletableFuture<Left>> asked = new ArrayList<>();
    for (Group group : new @Nullable Group[] {key, owner}) {
      if (group != null) {
        group.left(asked);
      }
    }
    return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
        .thenApply(_ -> asked.stream().map(CompletableFuture::join).toList());
  }

  private @Nullable Group group(
      ConcurrentHashMap<String, Group> groups, Whose whose, String name, AllowanceConfig now) {
    if (now.isUnlimited()) {
      return null;
    }
    Group group = groups.get(name);
    if (group == null || !group.allowance().equals(now)) {
      group =
          groups.compute(
              name,
              (_, there) ->
                  there != null && there.allowance().equals(now)
                      ? there
                      : new Group(now, whose, name, store, clock));
    }
    group.touch();
    return group;
  }

  /** Forgets who was not seen for so long that there is nothing to know. May wait. */
  void sweep() {
    long now = clock.nanoTime();
    Set<String> used = new HashSet<>();
    for (ConcurrentHashMap<String, Group> groups : List.of(hub, keys, owners, models)) {
      groups.values().removeIf(group -> group.isStale(now));
      groups.values().forEach(group -> group.ids(used));
    }
    store.sweep(used);
  }

  /** Someone who is in. */
  private static final class Admission implements Entry {

    private final @Nullable Meter requests;
    private final @Nullable Meter tokens;
    private final @Nullable AtomicReference<Leases.@Nullable Held> place;

    Admission(@Nullable Meter requests, @Nullable Meter tokens, Leases.@Nullable Held held) {
      this.requests = requests;
      this.tokens = tokens;
      this.place = held == null ? null : new AtomicReference<>(held);
    }

    @Override
    public Standing standing() {
      return new Standing(level(requests), level(tokens));
    }

    private static Optional<Standing.Level> level(@Nullable Meter meter) {
      return meter == null ? Optional.empty() : meter.level();
    }

    @Override
    public void leave() {
      Leases.Held held = place == null ? null : place.getAndSet(null);
      if (held != null) {
        held.free();
      }
    }
  }

  private static final class Settlement implements Reservation {

    private final Claims claims;
    private final AtomicBoolean over = new AtomicBoolean();

    Settlement(Claims claims) {
      this.claims = claims;
    }

    @Override
    public void settle(Demand used) {
      if (!over.getAndSet(true)) {
        claims.settle(used);
      }
    }
  }
}
