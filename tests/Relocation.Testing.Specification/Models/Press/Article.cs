namespace Relocation.Testing.Specification.Models.Press;

[BackupLabel("press.piece")]
[FormerBackupLabel("press.article")]
[FormerBackupLabel("news.story")]
[IgnoresBackupField("legacy_code")]
[IgnoresBackupField("layout.columns")]
public sealed class Article
{
    public int Id { get; set; }

    [FormerBackupName("headline")]
    [FormerBackupName("caption")]
    public string Title { get; set; } = string.Empty;

    [BackupName("words")]
    public int WordCount { get; set; }

    [BackupDefault(ArticleState.Archived)]
    public ArticleState State { get; set; }

    [FormerBackupName("writer")]
    public int AuthorId { get; set; }

    public Author? Author { get; set; }
}
