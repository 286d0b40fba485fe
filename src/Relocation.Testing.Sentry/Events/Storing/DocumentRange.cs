namespace Relocation.Testing.Sentry.Events.Storing;

/// <summary>Where a text stands in a <see cref="DocumentBuffer"/>, in bytes.</summary>
internal readonly record struct DocumentRange(int Offset, int Length);
