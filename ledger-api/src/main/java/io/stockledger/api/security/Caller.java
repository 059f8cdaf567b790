package io.stockledger.api.security;

import io.stockledger.api.problem.Failures;
import io.stockledger.api.problem.Problem;
import io.stockledger.api.problem.Refusals;
import io.stockledger.api.problem.RequestRefused;
import io.stockledger.document.DocumentRefusal.LocationNotAllowed;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose credentials were shown.
 *
 * @param name goes into every fact: an API key's name, or a token's subject
 * @param locations the only ones it may see and change; empty: all
 * @param numberRanges with one of which the ids of its documents begin; empty: with none that is somebody's
 */
public record Caller(String name, Set<Role> roles, Set<String> locations, Set<String> numberRanges)
        implements Principal {

    public Caller {
        roles = roles.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(roles));
        locations = Set.copyOf(locations);
        numberRanges = Set.copyOf(numberRanges);
    }

    @Override
    public String getName() {
        return name;
    }

    public boolean may(Permission permission) {
        return permission.isGivenTo(roles);
    }

    /** @throws RequestRefused when none of the roles gives the permission */
    public void require(Permission permission) {
        if (!may(permission)) {
            throw new RequestRefused(Problem.of(
                    Failures.NOT_PERMITTED,
                    "Principal '" + name + "' may not " + permission.code() + " (expected: one of the roles "
                            + permission.roles().stream().map(Role::code).toList() + ").",
                    Map.of("permission", permission.code())));
        }
    }

    /** @throws RequestRefused when it is tied to locations, for what is everybody's */
    public void requireAll() {
        if (!locations.isEmpty()) {
            throw new RequestRefused(Problem.of(
                    Failures.NOT_PERMITTED,
                    "Principal '" + name + "' is tied to " + new TreeSet<>(locations)
                            + " and may not do what concerns all locations."));
        }
    }

    public boolean maySee(String location) {
        return locations.isEmpty() || locations.contains(location);
    }

    /** Whether who is tied to these locations (empty: to none) sees nothing that the caller may not see. */
    public boolean maySeeAllOf(Set<String> others) {
        return locations.isEmpty() || (!others.isEmpty() && locations.containsAll(others));
    }

    /** @throws RequestRefused when the caller is tied to other locations */
    public void requireSight(String location) {
        if (!maySee(location)) {
            throw new RequestRefused(Problem.of(
                    Refusals.type(LocationNotAllowed.class),
                    "These credentials may not see location '" + location + "' (expected: one of "
                            + new TreeSet<>(locations) + ").",
                    Map.of("location", location)));
        }
    }
}
