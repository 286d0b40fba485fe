namespace Relocation.Testing.Sentry.Encryption;

/// <summary>The messages about encrypted backups: what is wrong, where, what to do.</summary>
internal static class EncryptionErrors
{
    internal static EncryptionException KeyFileTooLarge(string path) =>
        new($"'{path}' is too large to be a key. Name a file that holds an RSA key as PEM.");

    internal static EncryptionException KeyFileUnreadable(string path, Exception cause) =>
        new($"The key in '{path}' cannot be read: {cause.Message}", cause);

    internal static EncryptionException NoPublicKey(Exception? cause) =>
        new("The key to encrypt with is no RSA public key. Give one as PEM (-----BEGIN PUBLIC KEY-----), for example from "
            + "'openssl rsa -in key.pem -pubout'.", cause);

    internal static EncryptionException NoPrivateKey(Exception? cause) =>
        new("The key to decrypt with is no RSA private key that can be read without a password. Give one as PEM (-----BEGIN PRIVATE KEY-----).", cause);

    internal static EncryptionException OtherKey() =>
        new("The backup was encrypted with the public key of another pair. Give the private key that belongs to the key.pub in the tarball.");

    internal static EncryptionException DataKeyDamaged(Exception? cause) =>
        new("The tarball's data.key does not hold a Fernet key that this private key decrypts. The tarball is damaged; get it again.", cause);

    internal static EncryptionException TokenDamaged(string name) =>
        new($"'{name}' is damaged or was changed: its export.json is not what was encrypted with its key. Nothing of it was used; get it again.");

    internal static EncryptionException NoTarball(string name) =>
        new($"'{name}' is no encrypted backup: it is not a whole tar archive. Read plain and compressed backups without a key.");

    internal static EncryptionException OtherMember(string name) =>
        new($"'{name}' is no encrypted backup: its archive holds something besides the files export.json, data.key and key.pub. Nothing of it was used.");

    internal static EncryptionException DoubledTarballMember(string name, string member) =>
        new($"'{name}' is no encrypted backup: its archive holds {member} twice. Nothing of it was used.");

    internal static EncryptionException MissingMember(string name, string member) =>
        new($"'{name}' is no encrypted backup: its archive lacks {member}.");

    internal static EncryptionException MemberTooLarge(string name, string member) =>
        new($"'{name}' is no encrypted backup: its {member} is too large to be a key. Nothing of it was used.");
}
