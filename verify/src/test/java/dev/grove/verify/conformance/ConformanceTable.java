package dev.grove.verify.conformance;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.TreeScanner;
import dev.grove.verify.house.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The static conformance requirements of the specifications, and what proves each: the tests, or classes of tests,
 * whose {@code @Tag} is the id of the row, or a waiver.
 *
 * @param rows the requirements, in the order of the specifications
 * @param proofs names of tests by requirement
 * @param waivers reasons by requirement
 */
record ConformanceTable(List<Row> rows, Map<String, TreeSet<String>> proofs, Map<String, String> waivers) {

    /** One row of a conformance table. */
    record Row(String specification, String id, String role, String function, String section, String status) {}

    static ConformanceTable of(String requirements, String waivers, List<SourceFile> sources) {
        List<Row> rows = requirements.lines().skip(1).map(line -> line.split("\t", -1))
                .map(cells -> new Row(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5])).toList();
        Map<String, String> reasons = waivers.lines().filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(cells -> cells[0], cells -> cells.length < 2 ? "" : cells[1].strip()));
        Map<String, TreeSet<String>> proofs = new TreeMap<>();
        sources.stream().filter(SourceFile::isTest).forEach(source -> collectTags(source, proofs));
        return new ConformanceTable(rows, proofs, reasons);
    }

    /** What is wrong with the table, a line each; empty if every row is accounted for, once. */
    List<String> violations() {
        List<String> found = new ArrayList<>();
        for (Row row : rows) {
            boolean proved = proofs.containsKey(row.id());
            String reason = waivers.get(row.id());
            if (!proved && reason == null) {
                found.add(row.id() + " (" + row.function() + ") has neither a test nor a reason");
            }
            if (!proved && reason != null && reason.isEmpty()) {
                found.add(row.id() + " is waived without a reason");
            }
            if (proved && reason != null) {
                found.add(row.id() + " is waived and has a test: drop the waiver");
            }
        }
        TreeSet<String> known = rows.stream().map(Row::id).collect(Collectors.toCollection(TreeSet::new));
        proofs.keySet().stream().filter(id -> !known.contains(id))
                .forEach(id -> found.add("no row is called " + id + ", the tag of " + proofs.get(id)));
        waivers.keySet().stream().filter(id -> !known.contains(id))
                .forEach(id -> found.add("no row is called " + id + ", which is waived"));
        return found;
    }

    /** The table as a page of the documentation. */
    String toMarkdown() {
        StringBuilder page = new StringBuilder("""
                # Conformance

                Every row of the static conformance tables of the specifications, with the tests that prove it or the
                reason why there is none. Written by `ConformanceTest`, which fails when this page is not current or a
                row has neither; `mvn verify -Dgrove.docs=write` writes it anew. `mvn verify -Dgroups=DM-PRO-LO-S-003`
                runs the proof of one row. M is mandatory, O optional.
                """);
        String part = "";
        for (Row row : rows) {
            String heading = row.specification() + ", " + row.role();
            if (!heading.equals(part)) {
                part = heading;
                page.append("\n## ").append(heading)
                        .append("\n\n| row | § | | what | proof |\n|---|---|---|---|---|\n");
            }
            TreeSet<String> tests = proofs.get(row.id());
            String proof = tests == null ? waivers.getOrDefault(row.id(), "—") : "`" + String.join("`, `", tests) + "`";
            page.append("| ").append(row.id()).append(" | ").append(row.section()).append(" | ").append(row.status())
                    .append(" | ").append(row.function()).append(" | ").append(proof).append(" |\n");
        }
        return page.toString();
    }

    private static void collectTags(SourceFile source, Map<String, TreeSet<String>> proofs) {
        Deque<ClassTree> types = new ArrayDeque<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
                types.push(type);
                add(type.getModifiers(), types.getLast().getSimpleName().toString());
                super.visitClass(type, null);
                types.pop();
                return null;
            }

            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
                if (isTest(method)) {
                    add(method.getModifiers(), types.getLast().getSimpleName() + "." + method.getName());
                }
                return super.visitMethod(method, null);
            }

            private void add(ModifiersTree modifiers, String proof) {
                ids(modifiers).forEach(id -> proofs.computeIfAbsent(id, unseen -> new TreeSet<>()).add(proof));
            }
        }.scan(source.unit(), null);
    }

    private static boolean isTest(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .map(annotation -> annotation.getAnnotationType().toString())
                .anyMatch(name -> name.endsWith("Test") || name.equals("TestFactory"));
    }

    /** The values of the {@code Tag} annotations, those inside {@code Tags} included. */
    private static List<String> ids(ModifiersTree modifiers) {
        List<String> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void none) {
                if (annotation.getAnnotationType().toString().equals("Tag")
                        && annotation.getArguments().getFirst() instanceof LiteralTree literal) {
                    found.add(String.valueOf(literal.getValue()));
                }
                return super.visitAnnotation(annotation, null);
            }
        }.scan(modifiers, null);
        return found;
    }
}
