package dev.grove.tools.simulate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Which breed each device of a fleet is, by its number: the same in every run.
 *
 * @param pattern repeated over the fleet
 */
record Mix(List<Breed> pattern) {

    private static final String MIXED = "dm11:1,dm12:3,dm12-wbxml:8,dm13:2,windows:3,dm20:3";
    private static final int MOST = 1000;

    Mix {
        pattern = List.copyOf(pattern);
    }

    /**
     * Reads {@code mixed}, one breed, or several with their weights: {@code dm12-wbxml:3,dm20}.
     *
     * @throws IllegalArgumentException if it is none of these; the message is for people
     */
    static Mix parse(String words) {
        String list = words.strip().equalsIgnoreCase("mixed") ? MIXED : words;
        List<Breed> pattern = new ArrayList<>();
        for (String word : list.split(",", -1)) {
            int colon = word.indexOf(':');
            Breed breed = Breed.of(colon < 0 ? word : word.substring(0, colon)).orElseThrow(
                    () -> new IllegalArgumentException("'" + words + "' is not mixed, nor a list of dm11, dm12, "
                            + "dm12-wbxml, dm13, windows and dm20, each with a weight behind a colon if need be"));
            pattern.addAll(Collections.nCopies(colon < 0 ? 1 : weight(word.substring(colon + 1).strip()), breed));
        }
        if (pattern.size() > MOST) {
            throw new IllegalArgumentException("the weights are more than " + MOST + " together");
        }
        // Spread, so that the first devices of a fleet are of all breeds.
        Collections.shuffle(pattern, new Random(pattern.size()));
        return new Mix(pattern);
    }

    private static int weight(String text) {
        if (text.matches("[1-9][0-9]{0,2}")) {
            return Integer.parseInt(text);
        }
        throw new IllegalArgumentException("a weight is 1 to 999, not '" + text + "'");
    }

    /** @param index of the device in its fleet, from 0 */
    Breed breed(int index) {
        return pattern.get(index % pattern.size());
    }

    /** How many of each there are among so many. */
    Map<Breed, Integer> counts(int devices) {
        Map<Breed, Integer> counts = new LinkedHashMap<>();
        for (Breed breed : Breed.values()) {
            if (pattern.contains(breed)) {
                counts.put(breed, 0);
            }
        }
        for (int i = 0; i < devices; i++) {
            counts.merge(breed(i), 1, Integer::sum);
        }
        return counts;
    }

    /** Whether there is no other breed. */
    boolean isOnly(Breed breed) {
        return pattern.stream().allMatch(breed::equals);
    }
}
