using System.Globalization;
using Relocation.Testing.Sentry.Tasks.Steps;

namespace Relocation.Testing.Sentry;

/// <content>Messages about relocations.</content>
internal static partial class Errors
{
    /// <summary>What the owner of a failed relocation reads. There is a text for every category, also where upstream stores none.</summary>
    internal static string FailureText(FailureCategory category, string detail) => category switch
    {
        FailureCategory.UploadingInternal => "The file could not be received: an error within the relocation.",
        FailureCategory.UploadingMissingSlug => "The relocation names no organization to fetch from the other cell.",
        FailureCategory.UploadingTimeout => "The other cell did not send its export in time.",
        FailureCategory.PreprocessingInternal => "The file could not be prepared: an error within the relocation.",
        FailureCategory.PreprocessingDecryption => "The file could not be decrypted: it is damaged, or was encrypted with another public key.",
        FailureCategory.PreprocessingInvalidJson => $"The file holds no backup that can be read: {detail}",
        FailureCategory.PreprocessingInvalidTarball => "The file is no encrypted tarball of a backup.",
        FailureCategory.PreprocessingNoUsers => "The file holds no user.",
        FailureCategory.PreprocessingMissingOrganizations => $"The file lacks organizations that are wanted: {detail}",
        FailureCategory.PreprocessingTooManyOrganizations => $"The file holds more organizations than a relocation may: {detail}",
        FailureCategory.PreprocessingTooManyUsers => $"The wanted organizations have more members than a relocation may: {detail}",
        FailureCategory.PreprocessingBadSlug => $"This is no slug of an organization: {detail}",
        FailureCategory.ValidatingInternal => "The file could not be validated: an error within the relocation.",
        FailureCategory.ValidatingAttemptMissing => "The record of the validation's run is gone.",
        FailureCategory.ValidatingInstanceMissing => "The run of the validation is gone.",
        FailureCategory.ValidatingTimedOut => "Every run of the validation timed out.",
        FailureCategory.ValidatingIncomplete => "No run of the validation could be completed.",
        FailureCategory.ValidatingInvalid => detail.Length == 0 ? "The file failed its validation." : $"The file failed its validation: {detail}",
        FailureCategory.ImportingInternal => "The file could not be imported: an error within the relocation.",
        FailureCategory.PostprocessingInternal => "The imported organizations could not be handed over: an error within the relocation.",
        FailureCategory.NotifyingInternal => "The imported organizations could not be announced: an error within the relocation.",
        FailureCategory.CompletedInternal => "The relocation could not be ended: an error within it.",
        FailureCategory.Cancelled => "The relocation was cancelled by an administrator.",
        FailureCategory.Aborted => "The relocation was aborted by an administrator.",
        _ => "The relocation was abandoned by an administrator, and what it had imported was removed.",
    };

    internal static string NotAsMany(long found, long most) => string.Create(CultureInfo.InvariantCulture, $"{found}, and not at most {most}.");

    internal static string MissingKey(string pointer, string key) => $"{pointer} lacks '{key}'.";

    internal static string NoText(string pointer, string key) => $"{pointer}/{key} is no text.";

    internal static string NulWithin(string pointer, string key) => $"{pointer}/{key} holds the character U+0000, which is no part of a text in a database.";

    internal static string UnreadableAt(RecordPlace place, string message) => string.Create(
        CultureInfo.InvariantCulture, $"line {place.Line}, column {place.Column}{(place.Pointer.Length == 0 ? string.Empty : $", {place.Pointer}")}: {message}");

    internal static RelocationTaskException RelocationMissing(Guid uuid) => new(
        RelocationTaskErrorKind.NotFound, $"There is no relocation {uuid} in this database. Give the identity that it was started with.");

    internal static RelocationTaskException RelocationExists(Guid uuid) => new(
        RelocationTaskErrorKind.Exists, $"There is a relocation {uuid} already. Give another identity, or none.");

    internal static RelocationTaskException ImportExists(Guid uuid) => new(
        RelocationTaskErrorKind.Exists, $"There is an import {uuid} in this database already, which a relocation of that identity would take for its own. "
        + "Give another identity, or none.");

    internal static RelocationTaskException UserMissing(string username, string role) => new(
        RelocationTaskErrorKind.UserMissing, $"There is no user '{username}' in this database to be the {role}. Give the user name of one who exists.");

    internal static RelocationTaskException OwnerGone(Guid uuid) => new(
        RelocationTaskErrorKind.UserMissing, $"The owner of relocation {uuid} is gone. Start a new one for another owner.");

    internal static RelocationTaskException OtherOwner(string creator) => new(
        RelocationTaskErrorKind.NotAllowed, $"User '{creator}' may not relocate for another owner. Only an elevated user may.");

    internal static RelocationTaskException OwnerBusy(string owner, Guid uuid) => new(
        RelocationTaskErrorKind.OwnerBusy, $"User '{owner}' has a relocation that has not ended: {uuid}. Wait for its end, or abandon it.");

    internal static RelocationTaskException NoOrganization() => new(
        RelocationTaskErrorKind.BadSlug, "No organization is wanted. Give the slug of at least one that the file holds.");

    internal static RelocationTaskException BadSlug(string slug) => new(
        RelocationTaskErrorKind.BadSlug,
        $"'{slug}' is no slug of an organization. Slugs have small letters, digits and dashes, begin with a letter or digit, do not end with a dash, and are "
        + "not digits alone.");

    internal static RelocationTaskException FileTooLarge(long most) => new(
        RelocationTaskErrorKind.FileTooLarge, string.Create(
            CultureInfo.InvariantCulture, $"The file is larger than {most} bytes. Nothing was started. Relocate fewer organizations at once, or raise the limit."));

    internal static RelocationTaskException FileMissing(Guid uuid) => new(
        RelocationTaskErrorKind.FileMissing, $"The file of relocation {uuid} is gone from the storage. Start a new one with the file.");

    internal static RelocationTaskException DayIsFull(int most) => new(
        RelocationTaskErrorKind.DayIsFull, string.Create(
            CultureInfo.InvariantCulture, $"As many relocations of files of this size as a day may have, {most}, were started in the last 24 hours. Try again later."));

    internal static RelocationTaskException NoExport() => new(
        RelocationTaskErrorKind.NoExport,
        "Requesting an export from another cell is not supported: there is no other cell here. Give the file that it would send; the relocation then merges "
        + "users as one between cells does.");

    internal static RelocationTaskException WrongStatus(Guid uuid, RelocationStatus status, string verb, string advice) => new(
        RelocationTaskErrorKind.WrongStatus, $"Relocation {uuid} cannot be {verb}: its status is {status}. {advice}");

    internal static RelocationTaskException WrongStep(string verb, RelocationStep at, RelocationStep current) => new(
        RelocationTaskErrorKind.WrongStep,
        $"A relocation at step {current} cannot be {verb} at {at}. Give a later step, from {RelocationStep.Preprocessing} to {RelocationStep.Notifying}.");

    internal static RelocationTaskException LeaseHeld(Guid uuid, string owner, DateTimeOffset until) => new(
        RelocationTaskErrorKind.LeaseHeld, string.Create(
            CultureInfo.InvariantCulture,
            $"Another runner has relocation {uuid}: {owner}, until {until.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC at least. Wait for it; nothing was done."));

    internal static RelocationTaskException LeaseLost(Guid uuid) => new(
        RelocationTaskErrorKind.LeaseHeld,
        $"Another runner has taken relocation {uuid} over, as this one had not said for too long that it goes on. What this one had not stored is undone.");

    internal static RelocationTaskException OtherTables(string model, string table, Exception refusal) => new(
        RelocationTaskErrorKind.OtherTables,
        $"The database does not have the tables and columns of {model}: table '{table}': {refusal.Message} Nothing was done. Give the version whose tables it has "
        + "(RelocationTaskOptions.Version).",
        refusal);

    internal static RelocationTaskException NoDecryptor() => new(
        RelocationTaskErrorKind.KeyMissing,
        "Relocated files are encrypted, and there is no key to decrypt them with. Give RelocationTaskOptions.Decryptor.");

    internal static RelocationTaskException StorageUnwritable(string name, Exception cause) => new(
        RelocationTaskErrorKind.Storage, $"File '{name}' of the storage cannot be written: {cause.Message}", cause);

    internal static RelocationTaskException StorageUnreadable(string name, Exception cause) => new(
        RelocationTaskErrorKind.Storage, $"File '{name}' of the storage cannot be read: {cause.Message}", cause);

    internal static ArgumentException StorageName(string name, string parameter) => new(
        $"'{name}' is no name of a file in a storage. Names have parts of letters, digits, dots, dashes and underscores between slashes, none of them only dots.",
        parameter);

    internal static FileNotFoundException FileOfTaskMissing(string name) => new(
        $"File '{name}' is not in the storage. Give the storage that the relocation was started with.", name);
}
