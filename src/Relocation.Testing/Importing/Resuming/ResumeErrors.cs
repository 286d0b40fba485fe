using System.Reflection;
using Relocation.Testing.Importing.Results;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing.Importing.Resuming;

/// <summary>The messages about resuming: what is wrong, where, what to do.</summary>
internal static class ResumeErrors
{
    internal static InvalidOperationException ResumableWithinTransaction() =>
        new("A resumable import commits chunk by chunk, which it cannot do within the caller's transaction. Give it the connection alone, or leave "
            + "ImportOptions.ResumeId out.");

    internal static InvalidOperationException PreparedWithinTransaction() =>
        new("ImportOptions.Prepare is what is done first in a transaction of the import's own. Do it within yours, before the import, and leave the "
            + "option out.");

    internal static ResumeRefusedException LastRowChanged(string table, int committedChunks) =>
        new($"Somebody else has deleted, replaced or changed the last row that table '{table}' had when chunk {committedChunks} was committed. The table "
            + "gives a deleted row's key out again, so that references of this import could lead to another row. Nothing more was written. Put the row "
            + "back as it was and give the same call again, or import into an emptied database under a new id. A key with AUTOINCREMENT is never "
            + "given out twice.");

    internal static ResumeRefusedException OtherBackup(Guid id, string backup) =>
        new($"Import {id} was begun with another backup than '{backup}', or that backup has changed since. Resume it with the same backup, or give "
            + "the new one a new id. Nothing was written.");

    /// <param name="id">The import.</param>
    /// <param name="differences">What differs, or none where the ledger does not tell.</param>
    internal static ResumeRefusedException OtherOptions(Guid id, IReadOnlyList<string> differences)
    {
        const int MostNamed = 5;
        var named = string.Join("; ", differences.Take(MostNamed));
        var others = differences.Count > MostNamed ? $"; and {differences.Count - MostNamed} more" : string.Empty;
        var what = differences.Count == 0
            ? "with other options, another model or another version of this library"
            : $"otherwise. What has changed: {named}{others}";
        return new($"Import {id} was begun {what}. Values would be mixed: resume it as it was begun, or begin anew under a new id. Nothing was written.");
    }

    /// <summary>An option as the library and, where it has it, the command line call it.</summary>
    internal static string OptionOf(PropertyInfo option) =>
        $"ImportOptions.{option.Name}{(option.GetCustomAttribute<OptionAttribute>() is { Argument: { } argument } ? $" ({argument})" : string.Empty)}";

    internal static ResumeRefusedException ResumeAsksDifferently(string question) =>
        new($"The resumed import asks the database something that it did not ask before ({question}): a rule or filter does not decide the same as "
            + "before. Let its Fingerprint tell such changes, and begin anew under a new id. Nothing more was written.");

    internal static ResumeRefusedException OtherChunk(ImportedChunk expected, ImportedChunk? found) =>
        new($"The ledger holds {(found is { } chunk ? Shown(chunk) : "the end of the import")} where the import has come to {Shown(expected)}. The "
            + "ledger's tables were changed; begin anew under a new id. Nothing more was written.");

    private static string Shown(ImportedChunk chunk) => $"records {chunk.FirstOrdinal} to {chunk.LastOrdinal} of '{chunk.Model}'";
}
