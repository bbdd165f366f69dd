package dev.grove.tools.demo;

import dev.grove.client.store.StorageException;
import dev.grove.tools.demo.Chapter.Verdict;
import java.util.List;

/**
 * A device of DM 2.0 that a notification asks for its objects tells of them in package 1 ([DM 2.0 §5.2.2]).
 *
 * @param moids those that have to be among them, each with an instance
 */
record ObjectsTold(List<String> moids) implements Sequel {

    ObjectsTold {
        moids = List.copyOf(moids);
    }

    @Override
    public Verdict play(ApiClient api, Visitor visitor) throws StorageException {
        visitor.askedForObjects();
        List<String> told = api.objects(visitor.guest().id()).stream()
                .filter(object -> !object.at("instances").items().isEmpty())
                .map(object -> object.at("moid").text()).toList();
        List<String> complaints = told.containsAll(moids) ? List.of()
                : List.of("the objects " + moids + " are not all among those told: " + told);
        return new Verdict("objects: " + told.size(), complaints);
    }
}
