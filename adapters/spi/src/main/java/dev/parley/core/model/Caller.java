package dev.parley.core.model;

import java.util.Set;

/**
 * Who calls, and what he wants of the way that his call takes. Never leaves the hub.
 *
 * @param key name of the caller's key, never the key itself; empty when it has none
 * @param tags labels that rules look at
 * @param session what calls of one conversation have in common; empty when the caller did not say
 * @param priority who waits for whom
 * @param privacy where the content may go
 * @param backend id of the only backend that may serve; empty when any may
 */
public record Caller(
    String key,
    Set<String> tags,
    String session,
    Priority priority,
    Privacy privacy,
    String backend) {

  /** Of whom nothing is known and who wants nothing in particular. */
  public static final Caller ANYONE =
      new Caller("", Set.of(), "", Priority.STANDARD, Privacy.ANYWHERE, "");

  public Caller {
    tags = Set.copyOf(tags);
  }

  public Caller withTags(Set<String> other) {
    return new Caller(key, other, session, priority, privacy, backend);
  }

  public Caller withSession(String other) {
    return new Caller(key, tags, other, priority, privacy, backend);
  }

  public Caller withPriority(Priority other) {
    return new Caller(key, tags, session, other, privacy, backend);
  }

  public Caller withPrivacy(Privacy other) {
    return new Caller(key, tags, session, priority, other, backend);
  }

  public Caller withBackend(String other) {
    return new Caller(key, tags, session, priority, privacy, other);
  }

  public Caller withKey(String other) {
    return new Caller(other, tags, session, priority, privacy, backend);
  }
}
