package dev.parley.core.model;

import java.util.Set;

/**
 * Who calls, and what he wants of the way that his call takes. Never leaves the hub.
 *
 * @param key name of the caller's key, never the key itself; empty when it has none
 * @param owner whose key it is; empty when nobody said
 * @param tags labels that rules look at
 * @param session what calls of one conversation have in common; empty when the caller did not say
 * @param priority who waits for whom
 * @param privacy where the content may go
 * @param backend id of the only backend that may serve; empty when any may
 * @param scope what the key may be used for
 * @param cache what it wants of answers that were given before
 * @param visit the request that the call came in
 */
public record Caller(
    String key,
    String owner,
    Set<String> tags,
    String session,
    Priority priority,
    Privacy privacy,
    String backend,
    Scope scope,
    CacheWish cache,
    Visit visit) {

  /** Of whom nothing is known and who wants nothing in particular. */
  public static final Caller ANYONE =
      new Caller("", "", Set.of(), "", Priority.STANDARD, Privacy.ANYWHERE, "", Scope.EVERYTHING);

  public Caller {
    tags = Set.copyOf(tags);
  }

  /** A caller whose call came in no request, and to whom earlier answers are welcome. */
  public Caller(
      String key,
      String owner,
      Set<String> tags,
      String session,
      Priority priority,
      Privacy privacy,
      String backend,
      Scope scope) {
    this(key, owner, tags, session, priority, privacy, backend, scope, CacheWish.USE, Visit.NONE);
  }

  public Caller withTags(Set<String> other) {
    return new Caller(key, owner, other, session, priority, privacy, backend, scope, cache, visit);
  }

  public Caller withSession(String other) {
    return new Caller(key, owner, tags, other, priority, privacy, backend, scope, cache, visit);
  }

  public Caller withPriority(Priority other) {
    return new Caller(key, owner, tags, session, other, privacy, backend, scope, cache, visit);
  }

  public Caller withPrivacy(Privacy other) {
    return new Caller(key, owner, tags, session, priority, other, backend, scope, cache, visit);
  }

  public Caller withBackend(String other) {
    return new Caller(key, owner, tags, session, priority, privacy, other, scope, cache, visit);
  }

  public Caller withKey(String other) {
    return new Caller(other, owner, tags, session, priority, privacy, backend, scope, cache, visit);
  }

  public Caller withOwner(String other) {
    return new Caller(key, other, tags, session, priority, privacy, backend, scope, cache, visit);
  }

  public Caller withScope(Scope other) {
    return new Caller(key, owner, tags, session, priority, privacy, backend, other, cache, visit);
  }

  public Caller withCache(CacheWish other) {
    return new Caller(key, owner, tags, session, priority, privacy, backend, scope, other, visit);
  }

  public Caller withVisit(Visit other) {
    return new Caller(key, owner, tags, session, priority, privacy, backend, scope, cache, other);
  }
}
