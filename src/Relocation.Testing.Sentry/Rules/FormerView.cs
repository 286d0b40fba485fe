namespace Relocation.Testing.Sentry.Rules;

/// <summary>A view as a backup has it, by old keys.</summary>
/// <param name="User">Whose it is.</param>
/// <param name="Organization">The organization.</param>
/// <param name="Position">Its position among its user's, which newer versions keep as a star.</param>
/// <param name="Added">When it was added.</param>
/// <param name="Updated">When it was changed.</param>
internal sealed record FormerView(long? User, long? Organization, long? Position, DateTimeOffset? Added, DateTimeOffset? Updated);
