namespace Relocation.Testing.Sentry.Encryption;

/// <summary>What an encrypted tarball holds (docs/sentry-import.md, section 7.5).</summary>
internal static class TarballMembers
{
    /// <summary>The Fernet token of the backup's JSON.</summary>
    internal const string Content = "export.json";

    /// <summary>The Fernet key, encrypted with the public key.</summary>
    internal const string DataKey = "data.key";

    /// <summary>The public key.</summary>
    internal const string PublicKey = "key.pub";

    internal static IReadOnlyList<string> All { get; } = [Content, DataKey, PublicKey];
}
