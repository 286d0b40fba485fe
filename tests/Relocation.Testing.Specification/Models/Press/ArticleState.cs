namespace Relocation.Testing.Specification.Models.Press;

public enum ArticleState
{
    Draft,

    Published,

    Archived,
}
