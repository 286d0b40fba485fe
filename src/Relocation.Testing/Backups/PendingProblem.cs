namespace Relocation.Testing.Backups;

/// <summary>A problem whose line and column are not worked out yet.</summary>
/// <param name="Kind">What kind of problem it is.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Message">What is wrong and what to do; unused where there is a <paramref name="First"/>.</param>
/// <param name="First">Where a doubled key stands first.</param>
/// <param name="FirstLabel">The label of the record there, where it is another than the problem's: the two are types of one hierarchy.</param>
internal sealed record PendingProblem(
    BackupProblemKind Kind, PlaceRequest Place, string Message, PlaceRequest? First = null, ModelLabel? FirstLabel = null);
