namespace Relocation.Testing;

/// <summary>What a text means that stands in a field of <see cref="FieldEncoding.JsonText"/>: the JSON that it holds, or itself.</summary>
public enum JsonTextReading
{
    /// <summary>
    /// Decided for a backup as a whole. Older backups of Sentry write every string, list and object of such a field as JSON in text. Where that is so
    /// of every one in the backup, texts are read as JSON. Where a list or object stands there without being in text, or a text that holds
    /// neither a JSON string nor a list nor an object, the backup is of the newer form, and texts are taken as they are.
    /// </summary>
    ByBackup,

    /// <summary>Text that is JSON stands for that JSON, be it a number or a boolean; other text stands for itself.</summary>
    AsJson,

    /// <summary>Text stands for itself.</summary>
    AsText,
}
