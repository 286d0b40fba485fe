namespace Relocation.Testing;

/// <summary>A file that belongs to an event (docs/events.md, Attachments).</summary>
/// <remarks>
/// Less than 192 bytes of ASCII without NUL are kept in the attachment's row; other content in the table <c>event_blob</c>, compressed by
/// zlib, as base64. Crash reports (<c>event.minidump</c>, <c>event.applecrashreport</c>) are kept as the option
/// <c>sentry:store_crash_reports</c> of the project, or else of the organization, allows: none by default.
/// </remarks>
public sealed record EventAttachment
{
    /// <summary>The file's name.</summary>
    public required string Name { get; init; }

    /// <summary>The content.</summary>
    public required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Its type in Sentry. Default: <c>event.attachment</c>.</summary>
    public string Type { get; init; } = "event.attachment";

    /// <summary>The content type, without what follows a semicolon. Default: null, which derives it from the file's name.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether a rate limit keeps it from being stored. Default: no.</summary>
    public bool IsRateLimited { get; init; }
}
