namespace Relocation.Testing.Sanitizing.Errors;

/// <content>Messages about sanitising backups.</content>
/// <summary>The messages about sanitizing: what is wrong, where, what to do.</summary>
internal static class SanitizeErrors
{
    internal static ArgumentException SanitizeConstantIsNoJson(string parameter, Exception exception) => new(
        "The constant is not valid JSON. Put text in double quotes, as in \"\\\"CA\\\"\".", parameter, exception);

    internal static SanitizeException NotSanitizable(RecordPlace place, string field, bool isDate, string rule) => new(
        $"{place}: field '{field}' does not hold {(isDate ? "a date" : "text")}, as its rule ({rule}) requires. "
        + "Correct the record, or give the field another rule.",
        place);

    internal static SanitizeException NoDate() => new("The value is not a date. Give one in ISO 8601.", null);

    internal static SanitizeException UnknownDate() => new(
        "The date has not been added. Dates keep their order, so all of them must be added (AddDate) before the first is replaced.", null);

    internal static ArgumentException SanitizedFieldMissing(string model, IEnumerable<string> fields) => new(
        $"Rules name fields that model '{model}' does not have: {string.Join(", ", fields)}. Correct the field names.");

    internal static RulesFileException RulesFileUnreadable(string path, Exception exception) => new(
        $"The rules file '{path}' cannot be read: {exception.Message} Give a file that is there and may be read.", [], exception);

    internal static RulesFileException RulesFileTooLarge(string path, int most) => new(
        $"The rules file '{path}' is larger than {most / (1024 * 1024)} MB. Give a file of rules.", []);

    internal static RulesFileException RulesFileWrong(string name, IReadOnlyList<RulesFileProblem> problems, Exception? exception = null) => new(
        string.Join('\n', problems.Select(problem => problem.Line == 0 ? $"{name}: {problem.Message}" : $"{name}:{problem.Line}:{problem.Column}: {problem.Message}")),
        problems,
        exception);

    /// <remarks>What is no rule may be anything, a connection string included, so it is not repeated.</remarks>
    internal static RulesFileException NoRule() => RulesFileWrong(
        "rule", [new RulesFileProblem(0, 0, "Write MODEL.FIELD=KIND, as in shop.customer.nickname=keep.")]);
}
