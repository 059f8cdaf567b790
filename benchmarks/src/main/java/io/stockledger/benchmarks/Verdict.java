package io.stockledger.benchmarks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a benchmark found. Its first figure stands for it.
 *
 * @param notes what a reader must know about this run, for example which floor could not be measured
 */
public record Verdict(List<Figure> figures, List<String> notes) {

    public Verdict {
        if (figures.isEmpty()) {
            throw new IllegalArgumentException("figures: none (expected: at least one)");
        }
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
    }

    boolean holds() {
        return figures.stream().allMatch(Figure::holds);
    }

    String table() {
        Table table = new Table("figure", "ours", "floor", "ratio", "goal", "holds");
        for (Figure figure : figures) {
            table.row(
                    figure.name() + ", " + figure.unit(),
                    Table.number(figure.ours()),
                    figure.floor().isPresent() ? Table.number(figure.floor().getAsDouble()) : "",
                    figure.ratio().isPresent()
                            ? String.format(Locale.ROOT, "%.2f", figure.ratio().getAsDouble())
                            : "",
                    figure.goal().toString(),
                    figure.goal().kind() == Goal.Kind.NONE ? "" : figure.holds() ? "yes" : "NO");
        }
        return table.toString();
    }

    String json(String name, boolean quick, double seconds) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", name);
        line.putAll(fields(figures.get(0)));
        line.put("holds", holds());
        line.put("quick", quick);
        line.put("seconds", rounded(seconds));
        List<Map<String, Object>> all = new ArrayList<>();
        for (Figure figure : figures) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("figure", figure.name());
            one.put("unit", figure.unit());
            one.putAll(fields(figure));
            one.put("holds", figure.holds());
            all.add(one);
        }
        line.put("figures", all);
        line.put("notes", notes);
        return JsonMapper.shared().writeValueAsString(line);
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(new MathContext(4)).doubleValue();
    }

    private static Map<String, Object> fields(Figure figure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("ours", rounded(figure.ours()));
        figure.floor().ifPresent(floor -> fields.put("floor", rounded(floor)));
        figure.ratio().ifPresent(ratio -> fields.put("ratio", rounded(ratio)));
        fields.put("goal", figure.goal().toString());
        return fields;
    }
}
