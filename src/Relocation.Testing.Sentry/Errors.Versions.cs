using System.Globalization;
using Relocation.Testing.Sentry.Rules;

namespace Relocation.Testing.Sentry;

/// <content>What versions differ in.</content>
internal static partial class Errors
{
    private const string Page = "docs/sentry-versions.md";

    internal static string NoPlace(ModelLabel label, string? field, long records, int first, string rule, string model) => field is null
        ? $"{Counted(records, label)} {(records == 1 ? "has" : "have")} no place in '{model}' and {(records == 1 ? "was" : "were")} left out (rule {rule} of {Page}). The first is /{Plain(first)}."
        : $"{Counted(records, label)} {(records == 1 ? "has" : "have")} a value in '{field}' that has no place in '{model}' and is lost (rule {rule} of {Page}). The first is /{Plain(first)}.";

    internal static string WiderAccess(Narrowing narrowing, long records, bool isImported, string model) =>
        $"{Counted(records, narrowing.Model)} would give somebody more access in '{model}' than before, by '{narrowing.Field}', and {(records == 1 ? "was" : "were")} "
        + (isImported ? $"imported with '{narrowing.Nearest!.Value.Field}' changed" : "left out")
        + $" (rule {narrowing.Rule} of {Page}).{(isImported ? string.Empty : Choice(narrowing))}";

    internal static string OtherMeaning(ModelLabel label, long records, string what, string rule) =>
        $"{Counted(records, label)}: {what} (rule {rule} of {Page}).";

    internal static string Widens(Narrowing narrowing, string model) =>
        $"Field '{narrowing.Field}' takes something away from somebody, and '{model}' has no such field (rule {narrowing.Rule} of {Page}): imported without it, the record "
        + $"would give more access than before.{Choice(narrowing)}";

    internal static string LeftOutAsWider(Narrowing narrowing, string model) =>
        $"It would give somebody more access in '{model}' than before, by its field '{narrowing.Field}' (rule {narrowing.Rule} of {Page}).";

    private static string Choice(Narrowing narrowing)
    {
        var (option, argument) = narrowing.Model == Labels.User
            ? (nameof(SentryImportOptions.SuspendedUsers), "--suspended-users") : (nameof(SentryImportOptions.Widening), "--widening");
        return $" SentryImportOptions.{option} ({argument}) leaves it out{(narrowing.Nearest is null ? string.Empty : ", or takes what comes nearest")}.";
    }

    private static string Counted(long records, ModelLabel label) => $"{records.ToString(CultureInfo.InvariantCulture)} {(records == 1 ? "record" : "records")} of '{label}'";

    private static string Plain(int number) => number.ToString(CultureInfo.InvariantCulture);
}
