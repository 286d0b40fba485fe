namespace Relocation.Testing.Inner;

internal static class InnerBackups
{
    internal static Backup Tags => Backup.FromJson(
        """
        [
          {"model": "shop.tag", "pk": 3, "fields": {"name": "sale"}},
          {"model": "shop.tag", "pk": 9, "fields": {"name": "new"}}
        ]
        """,
        "tags");

    /// <summary>Ends in the middle of its only record.</summary>
    internal static Backup Broken => Backup.FromJson("""[{"model": "shop.tag", "pk": 3, """, "broken");
}
