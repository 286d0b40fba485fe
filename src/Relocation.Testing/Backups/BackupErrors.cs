using Relocation.Testing.Texts;

namespace Relocation.Testing.Backups;

/// <content>Messages about reading backups.</content>
/// <summary>The messages about reading backups: what is wrong, where, what to do.</summary>
internal static class BackupErrors
{
    internal static BackupFormatException BackupHasProblems(string name, IReadOnlyList<BackupProblem> problems, long count) => new(
        $"Backup '{ShownText.Line(name)}' cannot be read: {(count == 1 ? "1 problem" : $"{count} problems")}."
            + ErrorText.Listed(problems.Select(problem => $"{problem.Place}: {problem.Message}"), count),
        problems,
        count);

    internal static BackupFormatException BackupNotFound(string path, Exception exception) =>
        Unreadable(path, $"There is no file '{ShownText.Line(path)}'. Give the path of a backup.", exception);

    internal static BackupFormatException BackupNotFound(string path, IReadOnlyCollection<string> folders) => Unreadable(
        path,
        $"There is no file '{ShownText.Line(path)}', from any of these folders: {ErrorText.Listed(folders, folders.Count)}{Environment.NewLine}Give the path of a backup.",
        null);

    internal static BackupFormatException BackupIsDirectory(string path) =>
        Unreadable(path, $"'{ShownText.Line(path)}' is a directory. Give the path of a backup file.", null);

    internal static BackupFormatException BackupUnreadable(string name, Exception exception) => Unreadable(
        name, $"Backup '{ShownText.Line(name)}' cannot be read: {exception.Message} Check that the file can be read and that there is room for temporary files.", exception);

    internal static BackupFormatException BackupDamaged(string name, Exception exception) => Unreadable(
        name, $"Backup '{ShownText.Line(name)}' begins as gzip data, but the data is damaged or cut off. Copy or export the backup again.", exception);

    internal static BackupFormatException BackupIsForeign(string name, ForeignKind kind) => Unreadable(name, kind switch
    {
        ForeignKind.Tarball => $"Backup '{ShownText.Line(name)}' is a tar archive, as encrypted backups are. Give the private key that it is decrypted with by "
            + "Backup.DecryptedWith of Relocation.Testing.Sentry; of any other archive, unpack the backup first.",
        ForeignKind.Zip or ForeignKind.SevenZip => $"Backup '{ShownText.Line(name)}' is {Described(kind)}. Unpack the backup in it first.",
        ForeignKind.SqliteDatabase or ForeignKind.PostgreSqlDump =>
            $"Backup '{ShownText.Line(name)}' is {Described(kind)}, and no backup: an array of records as JSON. Export one from the database.",
        _ => $"Backup '{ShownText.Line(name)}' is {Described(kind)}. Unpack it first; only text that was compressed once, by gzip, is read as it is.",
    }, null);

    private static string Described(ForeignKind kind) => kind switch
    {
        ForeignKind.Zip => "a zip archive",
        ForeignKind.SevenZip => "an archive of 7-Zip",
        ForeignKind.Zstandard => "compressed by zstd",
        ForeignKind.Xz => "compressed by xz",
        ForeignKind.Bzip2 => "compressed by bzip2",
        ForeignKind.GzipTwice => "compressed by gzip twice",
        ForeignKind.SqliteDatabase => "a SQLite database",
        _ => "a dump of PostgreSQL",
    };

    internal static BackupFormatException StreamWasRead(string name) => Unreadable(
        name, $"The stream of backup '{ShownText.Line(name)}' was read before and cannot be read again. Give a stream that can seek, or a file.", null);

    internal static BackupFormatException BackupChanged(string name, int? arrayIndex)
    {
        var message = $"Backup '{ShownText.Line(name)}' changed while it was read. Read it again when nothing writes to it any more.";
        var place = new RecordPlace { Backup = name, Line = 1, Column = 1, Pointer = arrayIndex is null ? string.Empty : $"/{arrayIndex}" };
        return new BackupFormatException(message, [new BackupProblem(BackupProblemKind.Changed, message, place)], 1);
    }

    internal static string NotJson(JsonFault fault) => fault switch
    {
        JsonFault.ValueExpected => "A value should stand here: an object, an array, a string in double quotes, a number, true, false or null.",
        JsonFault.NotJson => "The text is not JSON. Give a backup: an array of records, each with model, pk and fields.",
        JsonFault.NameExpected => "A member's name in double quotes should stand here.",
        JsonFault.ColonExpected => "A colon should stand between a member's name and its value.",
        JsonFault.CommaOrEndExpected => "A comma or the end of the object or array should stand here.",
        JsonFault.BadLiteral => "Only true, false, null and numbers stand without quotes. Put text in double quotes.",
        JsonFault.BadNumber => "A number has no leading zeros, and digits around its point and after its exponent.",
        JsonFault.BadEscape => "A backslash is followed by one of \"\\/bfnrt, or by u and four hexadecimal digits.",
        JsonFault.LoneSurrogate => "A \\u escape is half of a surrogate pair without the other half. Write both halves, or take it out.",
        JsonFault.ControlCharacter => "A string holds a control character. Write it as an escape, such as \\n.",
        JsonFault.NotUtf8 => "The text is not UTF-8. Save or export the backup as UTF-8.",
        JsonFault.NotUtf8ButUtf16 => "The text seems to be UTF-16. Save or export the backup as UTF-8.",
        JsonFault.TextAfterArray => "Nothing may follow the array. Take out what stands here, or make it part of the array.",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    internal static string BackupIsEmpty() => "The text is empty. Export the backup again; one without records is written as [].";

    internal static string Truncated() => "The text ends before the array does. Copy or export the backup again.";

    internal static string NotAnArray() => "The outermost value is no array. Give a backup: an array of records, each with model, pk and fields.";

    internal static string RecordNotAnObject() => "A record is no object. Write it as {\"model\": ..., \"pk\": ..., \"fields\": {...}}.";

    internal static string MissingMember(string name) => name == "pk"
        ? "The record has no member 'pk', as backups with natural keys have none. Natural keys are not imported: make the backup without Django's dumpdata "
            + "option --natural-primary, or add the member."
        : $"The record has no member '{name}'. Add it.";

    internal static string MemberOfWrongType(string name, string wanted) => $"Member '{name}' is not {wanted}. Make it {wanted}.";

    internal static string DoubledMember(string name) => $"The record has the member '{ShownText.Of(name)}' twice. Take one out.";

    internal static string UnexpectedMember(string name) =>
        $"The record has a member '{ShownText.Of(name)}', which would not be imported. Move it into fields, or take it out.";

    internal static string LabelWithoutDot(string label) => $"'{ShownText.Of(label)}' is no model label. A label is 'app.model', for example 'shop.order'.";

    internal static string KeyIsNoKey() => "This is not a key. A key is a whole number of up to 64 bits, a string, or an array of at least two of those.";

    internal static string KeyOfWrongKind(ModelLabel model, IReadOnlyList<RecordKeyKind> wanted) => wanted is [var only]
        ? $"The keys of model '{model}' are {Plural(only)}, and this one is not. Correct the key, or the model."
        : $"The keys of model '{model}' are arrays of {wanted.Count} parts ({string.Join(", ", wanted.Select(Singular))}), and this one is not. "
            + "Correct the key, or the model.";

    internal static string DuplicateKey(RecordPlace first) => $"The model has a record with this key before, at {first}. Take one out, or give it another key.";

    internal static string DuplicateKeyOfHierarchy(ModelLabel label, RecordPlace first) =>
        $"Another record of the same hierarchy, '{label}', has this key, at {first}. In a hierarchy keys are distinct over all types. Where the two are one "
        + "object, as Django writes models that inherit, put the fields of both into the record of the more special type, and take the other out.";

    internal static string NestedTooDeep(int limit) =>
        $"The value is nested deeper than {limit} levels. Correct it, or raise {nameof(BackupLimits)}.{nameof(BackupLimits.MaxDepth)}.";

    internal static string StringTooLong(int limit) =>
        $"The string has more than {limit} bytes. Correct it, or raise {nameof(BackupLimits)}.{nameof(BackupLimits.MaxStringBytes)}.";

    internal static string TooManyFields(int limit) =>
        $"The record has more than {limit} fields, those of objects in it included. Correct it, or raise "
        + $"{nameof(BackupLimits)}.{nameof(BackupLimits.MaxFields)}.";

    internal static string RecordTooLong(int limit) =>
        $"The record has more than {limit} bytes, and reading ended here. Correct it, or raise "
        + $"{nameof(BackupLimits)}.{nameof(BackupLimits.MaxRecordBytes)}.";

    private static string Plural(RecordKeyKind kind) => kind switch
    {
        RecordKeyKind.Integer => "whole numbers of up to 64 bits, without quotes",
        RecordKeyKind.Guid => "Guids, as strings of the form \"xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx\"",
        _ => "strings",
    };

    private static string Singular(RecordKeyKind kind) => kind switch
    {
        RecordKeyKind.Integer => "a whole number",
        RecordKeyKind.Guid => "a Guid",
        _ => "a string",
    };

    private static BackupFormatException Unreadable(string name, string message, Exception? exception)
    {
        var place = new RecordPlace { Backup = name, Line = 1, Column = 1, Pointer = string.Empty };
        return new BackupFormatException(message, [new BackupProblem(BackupProblemKind.Unreadable, message, place)], 1, exception);
    }

    internal static FileNotFoundException NoBackupMatches(string pattern, IReadOnlyCollection<string> folders) => new(
        $"No backup matches '{pattern}', from any of these folders: {ErrorText.Listed(folders, folders.Count)}{Environment.NewLine}" +
        "Correct the pattern; it begins at the first of them in which a file matches. " +
        "'**' does not look into folders named bin or obj, or beginning with a dot.");

    internal static InvalidOperationException BackupNamesCollide(string pattern, string first, string second) => new(
        $"The approved files of two backups that match '{pattern}' would have the same name: '{first}' and '{second}'. " +
        "Rename one of them, or use two patterns on two tests.");
}
