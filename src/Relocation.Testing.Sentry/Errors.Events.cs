using System.Globalization;

namespace Relocation.Testing.Sentry;

internal static partial class Errors
{
    internal static ArgumentException TransactionEnded(string parameter) =>
        new("The transaction has ended. Give one that is open.", parameter);

    internal static string EventsNotSaved() => "The events were not saved, and the database is as it was";

    internal static string BuffersNotFlushed() => "What was held back was not written, and is kept";

    internal static NotSupportedException EventFeatureLeftOut(EventLeftOut feature) =>
        new($"'{feature.Name}' is not done when events are saved. {feature.Reason}");

    internal static ArgumentException UnknownEventFeature(string name, IEnumerable<string> known, string parameter) =>
        new($"There is nothing called '{name}' to ask for. These are known, and left out: {string.Join(", ", known)}.", parameter);

    internal static EventRefusedException UnknownProject(long project, int index) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Event(index)} is of project {project}, which the database does not have, or not with its organization. Give the key of a project that it has."),
        string.Empty,
        index);

    internal static EventRefusedException EventAt(EventRefusedException refusal, int index) =>
        new($"{Event(index)}: {refusal.Message}", refusal.Pointer, index);

    internal static EventRefusedException NoKeyNumber(int index) => new(
        $"{Event(index)}: 'key_id' is no number. Give the key of a row of sentry_projectkey, or leave it out.", "/key_id", index);

    internal static EventRefusedException NoEventId(int index) => new(
        $"{Event(index)}: 'event_id' is no text of 1 to 32 characters, and the event was not to be normalised. Give one, or have it normalised.",
        "/event_id",
        index);

    internal static EventRefusedException NoEventTime(int index) => new(
        $"{Event(index)}: 'timestamp' is no time, and the event was not to be normalised. Give seconds since 1970, or have it normalised.", "/timestamp", index);

    internal static EventRefusedException EventTextTooLong(string field, int limit, int index) => new(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Event(index)}: '{field}' has more than {limit} characters, which its column does not hold. Shorten it, or have the event normalised."),
        $"/{field}",
        index);

    internal static EventRefusedException EventIsNoUnicode(string pointer, int index) => new(
        $"{Event(index)}: a text holds half of a character (an escape such as \\ud800 alone), which no database keeps. Correct the text.", pointer, index);

    internal static EventRefusedException EventHasMemberTwice(string pointer, int index) => new(
        $"{Event(index)}: an object has a member more than once, and nobody can say which holds. Leave one of them.", pointer, index);

    internal static EventRefusedException EventIsTooDeep(int deepest, string pointer, int index) => new(
        string.Create(
            CultureInfo.InvariantCulture, $"{Event(index)} is more than {deepest} levels deep, and can not be written as JSON. Leave the innermost values out."),
        pointer,
        index);

    internal static EventRefusedException EventHasNoJson(string pointer, int index) => new(
        $"{Event(index)}: a value, such as NaN or infinity, cannot be written as JSON. Give one that can, or leave it out.", pointer, index);

    internal static EventRefusedException EventIsThereTwice(int index) => new(
        $"{Event(index)} is the same object as an earlier one of the call. Saving changes an event; give each an object of its own (JsonNode.DeepClone).",
        string.Empty,
        index);

    internal static EventRefusedException AttachmentTypeTooLong(int limit, int index) => new(
        string.Create(
            CultureInfo.InvariantCulture, $"{Event(index)}: the 'type' of an attachment has more than {limit} characters, which its column does not hold. Shorten it."),
        string.Empty,
        index);

    internal static EventRefusedException KeyTooLarge(string column, int index) => new(
        $"{Event(index)}: the key for column '{column}' does not fit its 32 bits. Restart the keys of the table that it leads to.", string.Empty, index);

    internal static string NoLevel() => "The event has no level that there is, and was not normalised: its group cannot be stored.";

    internal static string NoEventType() => "The event names a type that there is not, and was not normalised: nothing describes it.";

    private static string Event(int index) => string.Create(CultureInfo.InvariantCulture, $"Event {index + 1}");
}
