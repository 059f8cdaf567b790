package io.stockledger.api.rest;

import io.stockledger.api.contract.Contract;
import io.stockledger.api.contract.ContractMethod;
import io.stockledger.api.contract.Route;
import io.stockledger.api.contract.Route.Segment;
import io.stockledger.api.gate.Answers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what a path means in the contract. A literal wins over a variable. */
final class RouteTable {

    private final Node root = new Node();

    /** A method at one of its routes, and who answers it. */
    record Entry(ContractMethod method, Route route, String path, Answers.Answering answering) {}

    /**
     * What is at a path.
     *
     * @param byVerb what each verb means there
     * @param variables what the path has where routes have variables, still encoded
     */
    record Place(Map<String, Entry> byVerb, List<String> variables) {}

    private static final class Node {
        private final Map<String, Node> literals = new HashMap<>();
        private final Map<String, Entry> byVerb = new TreeMap<>();
        private @Nullable Node variable;
    }

    /** A table of all methods that take one message and give one. */
    static RouteTable of(Answers answers) {
        RouteTable table = new RouteTable();
        Contract.methods().stream()
                .filter(ContractMethod::isUnary)
                .forEach(method -> method.routes()
                        .forEach(route -> table.add(new Entry(method, route, route.path(), answers.of(method)))));
        return table;
    }

    private void add(Entry entry) {
        Node node = root;
        for (Segment segment : entry.route().segments()) {
            if (segment.variable().isEmpty()) {
                node = node.literals.computeIfAbsent(segment.text(), text -> new Node());
            } else {
                Node variable = node.variable == null ? new Node() : node.variable;
                node.variable = variable;
                node = variable;
            }
        }
        if (node.byVerb.put(entry.route().verb(), entry) != null) {
            throw new IllegalStateException(entry.route() + " is there twice (expected: one method for each)");
        }
    }

    /**
     * What is at a path; empty when the contract has nothing there.
     *
     * @param path as it was sent, still encoded
     */
    Optional<Place> find(String path) {
        if (!path.startsWith("/")) {
            return Optional.empty();
        }
        List<String> variables = new ArrayList<>(1);
        Node node = find(root, path, 1, variables);
        return node == null ? Optional.empty() : Optional.of(new Place(node.byVerb, variables));
    }

    private static @Nullable Node find(Node at, String path, int from, List<String> variables) {
        int slash = path.indexOf('/', from);
        String segment = slash < 0 ? path.substring(from) : path.substring(from, slash);
        Node literal = at.literals.get(segment);
        if (literal != null) {
            Node found = slash < 0 ? ending(literal) : find(literal, path, slash + 1, variables);
            if (found != null) {
                return found;
            }
        }
        Node variable = at.variable;
        if (variable == null || segment.isEmpty()) {
            return null;
        }
        variables.add(segment);
        Node found = slash < 0 ? ending(variable) : find(variable, path, slash + 1, variables);
        if (found == null) {
            variables.remove(variables.size() - 1);
        }
        return found;
    }

    private static @Nullable Node ending(Node node) {
        return node.byVerb.isEmpty() ? null : node;
    }
}
