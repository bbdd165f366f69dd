package dev.grove.tools.demo;

import dev.grove.client.store.StorageException;
import dev.grove.tools.demo.Chapter.Verdict;

/** What follows the job of a chapter with one device, and what is to come of it. */
interface Sequel {

    /** Nothing follows. */
    Sequel NONE = (api, visitor) -> Verdict.GOOD;

    /** @return what is added to the answer of the job, and what is not as the tour says */
    Verdict play(ApiClient api, Visitor visitor) throws StorageException, InterruptedException;
}
