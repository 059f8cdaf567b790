package io.stockledger.api.importer;

import io.stockledger.api.importer.Planner.Planned;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a whole file makes, known before anything of it is sent. */
final class ImportPlan {

    private final Set<String> invoices = new HashSet<>();
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, String> digests = new HashMap<>();
    private final SortedSet<String> skus = new TreeSet<>();
    private final List<Document> opening = new ArrayList<>();

    private ImportPlan() {}

    static ImportPlan of(FileSurvey survey, Planner planner) throws IOException, InterruptedException {
        ImportPlan plan = new ImportPlan();
        survey.forEachInvoice(invoice -> plan.add(planner.plan(invoice)));
        return plan;
    }

    /** Whether nothing is sent. */
    boolean isEmpty() {
        return digests.isEmpty();
    }

    /** Whether the file has an invoice of that number. */
    boolean names(String invoice) {
        return invoices.contains(invoice);
    }

    /** Whether the file makes the document with that content; of an invoice that waits nobody knows. */
    boolean makes(String document, String digest, String invoice) {
        return waiting.contains(invoice) || digest.equals(digests.get(document));
    }

    /** The items of what is sent. */
    SortedSet<String> skus() {
        return Collections.unmodifiableSortedSet(skus);
    }

    /** The stock that must have been there first. */
    List<Document> opening() {
        return Collections.unmodifiableList(opening);
    }

    private void add(Planned planned) {
        String number = planned.invoice().number();
        invoices.add(number);
        if (planned.waits()) {
            waiting.add(number);
            return;
        }
        opening.addAll(planned.opening());
        planned.opening().forEach(this::note);
        planned.documents().forEach(this::note);
        planned.invoice().lines().stream()
                .filter(line -> Meaning.of(line).movesGoods())
                .forEach(line -> skus.add(line.code()));
    }

    private void note(Document document) {
        digests.put(document.name(), document.digest());
    }
}
