using Relocation.Testing.Sentry.Events.Writing;

namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>An attachment of a saved event.</summary>
internal sealed class AttachmentRow : BatchRow
{
    internal required EventJob Job { get; init; }

    internal required string Type { get; init; }

    internal required string Name { get; init; }

    internal required string ContentType { get; init; }

    internal required int Size { get; init; }

    internal required string Hash { get; init; }

    /// <summary>The content itself where it is short, the path of a blob, or null where there is no content.</summary>
    internal required string? BlobPath { get; init; }
}
