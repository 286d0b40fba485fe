namespace Relocation.Testing;

/// <summary>A message to one user, written in the transaction of what it reports. A user gets one message for each relocation and kind.</summary>
/// <param name="Relocation">The relocation's identity.</param>
/// <param name="Kind">What it says.</param>
/// <param name="UserId">The key of the user to tell.</param>
/// <param name="Content">
/// What it says in detail, as a JSON object: <c>reason</c> of a failure; <c>slugs</c> of the organizations; <c>hash</c> to claim an account
/// with, which is secret. Never null.
/// </param>
/// <param name="Date">When it was written.</param>
/// <param name="SentAt">When it was sent, or null while it waits.</param>
public sealed record RelocationMessage(
    Guid Relocation, RelocationMessageKind Kind, long UserId, string Content, DateTimeOffset Date, DateTimeOffset? SentAt)
{
    /// <summary>The kind, the relocation and the user; not the content, which may be secret.</summary>
    public override string ToString() => $"{Kind} of relocation {Relocation} to user {UserId}";
}
