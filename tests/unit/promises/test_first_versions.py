"""Seven more languages, in a first version: the commonest ways to promise, and the commonest traps."""

from datetime import datetime

import pytest

from amends.languages import load
from amends.promises.find import find_promises

TUESDAY = datetime.fromisoformat("2026-11-24T10:15:00+01:00")


@pytest.mark.parametrize(
    ("tag", "reply", "due"),
    [
        ("de", "Wir erstatten Ihnen den Betrag bis Freitag.", "2026-11-27T17:00"),
        ("de", "Ich rufe Sie um halb drei an.", "2026-11-24T14:30"),
        ("de", "Sie erhalten den Ersatz innerhalb von drei Werktagen.", "2026-11-27T17:00"),
        ("es", "Le devolveremos el dinero antes del viernes.", "2026-11-27T17:00"),
        ("es", "El técnico pasará el jueves entre las 9 y las 12 h.", "2026-11-26T12:00"),
        ("es", "Recibirá su reembolso en un plazo de 5 días hábiles.", "2026-12-01T17:00"),
        ("fr", "Nous vous rembourserons d'ici vendredi.", "2026-11-27T17:00"),
        ("fr", "Je vous rappelle demain à 10 h.", "2026-11-25T10:00"),
        ("fr", "Vous recevrez votre colis sous trois jours ouvrés.", "2026-11-27T17:00"),
        ("pt", "Vamos devolver o seu dinheiro até sexta-feira.", "2026-11-27T17:00"),
        ("pt", "Ligo para você amanhã às 10h.", "2026-11-25T10:00"),
        ("pt", "O reembolso será feito em até 5 dias úteis.", "2026-12-01T17:00"),
        ("pt", "Retorno para a senhora em dois dias úteis.", "2026-11-26T17:00"),
        ("sv", "Besöket sker på torsdag.", "2026-11-26T17:00"),
        ("sv", "Om en vecka har du den nya lampan hemma.", "2026-12-01T17:00"),
        ("sv", "Vi återbetalar pengarna senast på fredag.", "2026-11-27T17:00"),
        ("sv", "Jag ringer dig imorgon kl. 10.", "2026-11-25T10:00"),
        ("sv", "Du får ett nytt paket inom tre arbetsdagar.", "2026-11-27T17:00"),
        ("ms", "Kami akan menghantar barang gantian pada hari Jumaat.", "2026-11-27T17:00"),
        ("ms", "Saya akan telefon puan esok pukul 10 pagi.", "2026-11-25T10:00"),
        ("ms", "Wang anda akan dipulangkan dalam tempoh 3 hari bekerja.", "2026-11-27T17:00"),
        ("ms", "Penghantar sampai dalam setengah jam.", "2026-11-24T10:45"),
        ("vi", "Chúng tôi giao hàng tuần sau.", "2026-12-06T23:59"),
        ("vi", "Chúng tôi sẽ hoàn tiền cho quý khách trước thứ Sáu.", "2026-11-27T17:00"),
        ("vi", "Em sẽ gọi lại cho chị lúc 10 giờ sáng mai.", "2026-11-25T10:00"),
        ("vi", "Quý khách sẽ nhận được tiền trong vòng 3 ngày làm việc.", "2026-11-27T17:00"),
        ("de", "Unser Fahrer ist um zehn vor vier da.", "2026-11-24T15:50"),
        ("de", "Vor dem Wochenende haben Sie die Unterlagen.", "2026-11-27T17:00"),
        ("de", "Bis Freitag – nein, bis Montag haben Sie Bescheid.", "2026-11-30T17:00"),
        ("es", "El jueves a las tres y cuarto pasa el electricista.", "2026-11-26T15:15"),
        ("es", "Antes de Navidad tiene su árbol montado.", "2026-12-24T17:00"),
        ("fr", "On passe jeudi à neuf heures et quart.", "2026-11-26T09:15"),
        ("fr", "Demain soir, notre livreur passe chez vous.", "2026-11-25T21:00"),
        ("pt", "Entregamos-lhe o sofá às dez para as quatro.", "2026-11-24T15:50"),
        ("pt", "Na primeira segunda de dezembro trocamos o contador.", "2026-12-07T17:00"),
        ("sv", "Före helgen har du nycklarna.", "2026-11-27T17:00"),
        ("sv", "Soffan kör vi ut före Lucia.", "2026-12-12T17:00"),
        ("vi", "Trước Tết tụi em lắp xong kệ cho chị.", "2027-02-05T17:00"),
        ("vi", "9 giờ 15 sáng thứ Năm thợ bên em qua.", "2026-11-26T09:15"),
        ("ms", "Petang esok driver kami hantar sofa.", "2026-11-25T17:00"),
        ("ms", "Jumaat, eh silap, Sabtu kami datang pasang.", "2026-11-28T17:00"),
    ],
)
def test_our_word_is_found(tag: str, reply: str, due: str) -> None:
    (promise,) = find_promises(reply, at=TUESDAY, pack=load(tag))
    assert promise.due_end
    assert promise.due_end.isoformat()[:16] == due


@pytest.mark.parametrize(
    ("tag", "reply"),
    [
        ("de", "Bitte schicken Sie uns bis Freitag die Fotos."),
        ("de", "Ich weiß nicht, ob wir das bis Freitag schaffen."),
        ("es", "Sabemos que lo necesitaba el viernes."),
        ("fr", "On nous a livré mardi."),
        ("pt", "A gente fechou na segunda."),
        ("sv", "Banken betalar ut på tisdag."),
        ("vi", "Em không dám hứa thứ Sáu."),
        ("ms", "Dengar cerita barang sampai Selasa."),
        ("de", "Wenn Sie das Formular senden, erstatten wir bis Freitag."),
        ("es", "Si nos envía el formulario, le devolveremos el dinero el viernes."),
        ("es", "No podemos entregarlo el viernes."),
        ("fr", "Nous livrons généralement le vendredi."),
        ("fr", "Seriez-vous disponible jeudi à 10h ?"),
        ("pt", "Por favor, envie as fotos até sexta."),
        ("pt", "Não conseguimos entregar até sexta."),
        ("de", "Ich kann Ihnen nicht versprechen, dass es am Donnerstag ankommt."),
        ("es", "El vuelo sale mañana a las 9."),
        ("es", "Mi hijo cumple años el sábado."),
        ("fr", "Le bus part demain à 9 h."),
        ("pt", "O voo sai amanhã às 9h."),
        ("pt", "Trabalho das 8 às 16 horas."),
        ("sv", "Om du skickar formuläret återbetalar vi på fredag."),
        ("sv", "Vi kan inte leverera på fredag."),
        ("de", "Wir haben Sie am Dienstag angerufen."),
        ("ms", "Bank encik akan kredit pada Jumaat."),
        ("ms", "Kami telah menelefon encik hari Selasa."),
        ("vi", "Nếu anh đồng ý, chúng tôi giao thứ sáu."),
        ("ms", "Sila hantar gambar sebelum Jumaat."),
        ("ms", "Jika anda hantar borang, kami bayar pada Jumaat."),
        ("vi", "Vui lòng gửi ảnh trước thứ Sáu."),
        ("vi", "Nếu anh gửi mẫu đơn, chúng tôi sẽ hoàn tiền vào thứ Sáu."),
    ],
)
def test_what_is_not_our_word_is_no_promise(tag: str, reply: str) -> None:
    assert find_promises(reply, at=TUESDAY, pack=load(tag)) == []
