using Relocation.Testing.Sentry.Events.Storing;

namespace Relocation.Testing.Sentry.Events.Rows;

/// <summary>The content of attachments that is not kept in their rows.</summary>
internal sealed class BlobRow : BatchRow
{
    internal required string Path { get; init; }

    internal required DocumentRange Content { get; init; }
}
