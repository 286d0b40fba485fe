using System.Text.Json;

namespace Relocation.Testing.Sanitizing.Rules;

/// <summary>The names of kinds in rules files and on the command line: in lower case, with dashes.</summary>
internal static class SanitizeKindName
{
    /// <summary>A value of its own for all, as in <c>{"kind": "constant", "value": "CA"}</c>.</summary>
    internal const string Constant = "constant";

    /// <summary>The new value of another field in upper case, as in <c>{"kind": "upper", "of": "email"}</c>.</summary>
    internal const string Upper = "upper";

    /// <summary>The rule that the field has when nobody says so.</summary>
    internal const string Default = "default";

    /// <summary>All names, those of <see cref="SanitizeKind"/> first.</summary>
    internal static IReadOnlyList<string> All { get; } = [.. Enum.GetValues<SanitizeKind>().Select(Of), Constant, Upper, Default];

    internal static string Of(SanitizeKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    /// <summary>The kind of a name, or null where no kind has it.</summary>
    internal static SanitizeKind? Parse(string name) =>
        Enum.GetValues<SanitizeKind>().Where(kind => Of(kind) == name).Select(kind => (SanitizeKind?)kind).FirstOrDefault();
}
