package dev.grove.verify.house;

import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.DefaultCaseLabelTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.PatternCaseLabelTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A rule that one source file keeps or breaks. */
enum Rule {
    /** Files have 500 lines at most. */
    FILE_LENGTH {
        @Override
        List<String> violations(SourceFile file) {
            int lines = file.lines().size();
            return lines <= 500 ? List.of() : List.of(file.name() + " has " + lines + " lines, more than 500");
        }
    },
    /** Lines have 120 characters at most. */
    LINE_LENGTH {
        @Override
        List<String> violations(SourceFile file) {
            return perLine(file, line -> line.length() > 120, "is longer than 120 characters");
        }
    },
    /** Methods have 60 lines at most. */
    METHOD_LENGTH {
        @Override
        List<String> violations(SourceFile file) {
            return perMethod(file, (method, found) -> {
                if (file.lineCountOf(method) > 60) {
                    found.add(method.getName() + " has " + file.lineCountOf(method) + " lines, more than 60");
                }
            });
        }
    },
    /** Methods take 4 parameters at most; constructors, which wire things together, and rows of tests may take more. */
    PARAMETERS {
        @Override
        List<String> violations(SourceFile file) {
            return perMethod(file, (method, found) -> {
                boolean constructor = method.getReturnType() == null;
                if (!constructor && !file.isTest() && method.getParameters().size() > 4) {
                    found.add(
                            method.getName() + " takes " + method.getParameters().size() + " parameters, more than 4");
                }
            });
        }
    },
    /** Types are nouns of the specification: none ends in one of the words that say nothing. */
    TYPE_NAMES {
        private static final Pattern BANNED = Pattern
                .compile(".*(Utils?|Helper|Manager|Impl|Base)|(Abstract|Default).+|.+Data");

        @Override
        List<String> violations(SourceFile file) {
            List<String> found = new ArrayList<>();
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitClass(ClassTree type, @Nullable Void none) {
                    if (BANNED.matcher(type.getSimpleName()).matches()) {
                        found.add(at(file, type) + type.getSimpleName() + " has a banned name");
                    }
                    return super.visitClass(type, null);
                }
            }.scan(file.unit(), null);
            return found;
        }
    },
    /** A switch that takes types apart, if it is shipped, names them all: no {@code default} hides a forgotten one. */
    NO_DEFAULT_OVER_TYPES {
        @Override
        List<String> violations(SourceFile file) {
            List<String> found = new ArrayList<>();
            new TreeScanner<@Nullable Void, @Nullable Void>() {
                @Override
                public @Nullable Void visitSwitch(SwitchTree tree, @Nullable Void none) {
                    check(tree, tree.getCases());
                    return super.visitSwitch(tree, null);
                }

                @Override
                public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, @Nullable Void none) {
                    check(tree, tree.getCases());
                    return super.visitSwitchExpression(tree, null);
                }

                private void check(Tree tree, List<? extends CaseTree> cases) {
                    boolean types = !file.isTest() && cases.stream().flatMap(c -> c.getLabels().stream())
                            .anyMatch(PatternCaseLabelTree.class::isInstance);
                    boolean defaults = cases.stream().flatMap(c -> c.getLabels().stream())
                            .anyMatch(DefaultCaseLabelTree.class::isInstance);
                    if (types && defaults) {
                        found.add(at(file, tree) + "switch over types has a default branch");
                    }
                }
            }.scan(file.unit(), null);
            return found;
        }
    },
    /** Nothing waits by sleeping, nothing is switched off, nothing is left for later. */
    HABITS {
        private static final Pattern BANNED = Pattern
                .compile("Thread\\.sleep\\(|@Disabled|\\bTODO\\b|\\bFIXME\\b|\\bXXX\\b"
                        + "|System\\.out\\.print.*// debug|printStackTrace\\(\\)");

        @Override
        List<String> violations(SourceFile file) {
            boolean names = file.name().contains("verify/house/");
            return names ? List.of() : perLine(file, line -> BANNED.matcher(line).find(), "has a banned habit");
        }
    };

    /** What breaks the rule, a line each; empty if nothing does. */
    abstract List<String> violations(SourceFile file);

    private static List<String> perLine(SourceFile file, java.util.function.Predicate<String> bad, String what) {
        List<String> lines = file.lines();
        return IntStream.range(0, lines.size()).filter(i -> bad.test(lines.get(i)))
                .mapToObj(i -> file.name() + ":" + (i + 1) + " " + what).toList();
    }

    private static List<String> perMethod(SourceFile file, BiConsumer<MethodTree, List<String>> check) {
        List<String> found = new ArrayList<>();
        new TreeScanner<@Nullable Void, @Nullable Void>() {
            @Override
            public @Nullable Void visitMethod(MethodTree method, @Nullable Void none) {
                List<String> inMethod = new ArrayList<>();
                check.accept(method, inMethod);
                inMethod.forEach(violation -> found.add(at(file, method) + violation));
                return super.visitMethod(method, null);
            }
        }.scan(file.unit(), null);
        return found;
    }

    private static String at(SourceFile file, Tree tree) {
        return file.name() + ":" + file.lineOf(tree) + " ";
    }
}
