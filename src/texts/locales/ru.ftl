# The language's own name, for the list of languages
language-name = Русский

## Greeting and help

start = 👋 <b>Здравствуйте, { $name }!</b>

    Пришлите фото товара и выберите стиль: вы получите снимки, готовые для маркетплейса.
start-free = 🎁 У вас <b>{ $pictures ->
        [one] { $pictures } бесплатный снимок
        [few] { $pictures } бесплатных снимка
       *[many] { $pictures } бесплатных снимков
    }</b>.
start-pictures = { $pictures ->
        [0] Кредитов не осталось.
        [one] Уже сейчас можно сделать <b>{ $pictures } снимок</b>.
        [few] Уже сейчас можно сделать <b>{ $pictures } снимка</b>.
       *[many] Уже сейчас можно сделать <b>{ $pictures } снимков</b>.
    }
start-sample = 📷 Лучше всего подходят простой фон и дневной свет. Фото, отправленное файлом, будет чётче.
help = <b>Как это работает</b>

    1. Пришлите фото товара или несколько его видов одним альбомом.
    2. Выберите до четырёх стилей и формат.
    3. Нажмите <b>Создать</b>. Один снимок стоит один кредит, крупный – два.
    4. Пишите своими словами: на карточке это ваш стиль, под снимком – что изменить. Можно ответить на любой снимок.

    Форма, цвета и этикетка товара должны остаться прежними. Если снимок не подошёл, нажмите <b>Не то</b>: переделаю бесплатно или верну кредит. Что не получилось, то не списывается.

    /styles – все стили и ваши сохранённые
    /history – ваши снимки
    /balance – ваши кредиты
    /settings – язык
    /cancel – остановить работу
unknown-message = Пришлите фото товара, и я предложу для него стили. Как это работает: /help
unknown-file = Я понимаю фотографии: JPEG, PNG, WebP, HEIC, TIFF, BMP или GIF. Пришлите товар как фото или таким файлом.
words-too-little = 🙂 Напишите в нескольких словах, как должно быть или что изменить: «на мраморном столе», «темнее, без цветов».
words-payment = 💳 Этот заказ ждёт оплаты: карточка выше. <b>‹ Назад</b> на ней вернёт к стилям.
words-state = Когда всё придёт, напишите, что изменить, или ответьте на снимок.
private-only = Я работаю в личном чате: откройте его и пришлите фото там.

## Commands (Telegram’s menu)

command-start = Начать
command-help = Как это работает
command-styles = Стили
command-balance = Ваши кредиты
command-history = Ваши снимки
command-cancel = Остановить работу
command-settings = Настройки
command-language = Язык
command-admin-stats = Статистика
bot-description = Пришлите простое фото товара и получите стильные снимки, готовые для маркетплейса. Первые – бесплатно.
bot-short-description = Фото товаров, готовые для маркетплейса

## The card of a draft

card-received = { $photos ->
        [one] 📷 <b>Фото получено.</b> Смотрю на ваш товар…
        [few] 📷 <b>Получено { $photos } фото.</b> Смотрю на ваш товар…
       *[many] 📷 <b>Получено { $photos } фото.</b> Смотрю на ваш товар…
    }
card-purpose = 📷 Это для поддержки или новый товар?
button-for-support = Для поддержки
button-new-product = Новый товар
card-too-many-photos = Из альбома я беру первые { $max } фото.
card-product = 🏷 <b>{ $name }</b>
card-product-kind = 🏷 <b>{ $name }</b> · { $kind }
card-note = 📝 Ваша заметка: { $note }
card-words = ✍️ «{ $words }»
card-count = 🖼 { $pictures ->
        [one] { $pictures } снимок
        [few] { $pictures } снимка
       *[many] { $pictures } снимков
    }
card-name = 🏷 <b>Что это?</b> Напишите название товара одним сообщением, до { $max } знаков.
card-no-product = 🤔 Не уверен, что на фото есть товар. Можно продолжить или прислать другое фото.
advice-several-products = 📷 На фото несколько товаров. Лучше снять один.
advice-cut-off = 📷 Товар не поместился в кадр. Снимок, где он виден целиком, точнее сохранит форму.
advice-person = 📷 На фото человек. Лучше снять один товар.
advice-dark = 📷 Фото тёмное, цвета могут исказиться. Снимите у окна или включите лампу.
advice-blurred = 📷 Фото смазано, мелкий текст может пропасть. Нажмите на товар, чтобы навести резкость, и снимите ещё раз.
advice-tiny = 📷 Фото маленькое, мелкий текст может пропасть. Пришлите крупнее или это же фото файлом.
advice-flat = 📷 Фото бледное. Протрите объектив или снимите при ярком свете на другом фоне.
button-use-anyway = 👌 Взять как есть
card-views = 🖼 { $photos } фото одного товара
card-different = 🧩 Похоже, на фото разные товары. Сделать фотосессию для каждого? Если создавать вместе, все фото считаются видами одного товара.
card-recommended = 📐 Лучший формат: { $ratio }
card-format = 📐 Формат: { $ratio }
card-large = { $format } · крупно, { $pixels } пикс.
card-choose = 🎨 Выберите до { $max } стилей
card-chosen = 🎨 { $styles }
card-describe = ✍️ <b>Опишите свой стиль</b> одним сообщением, { $min }–{ $max } знаков. Например: «на деревянном столе у окна, осенние листья, тёплый вечерний свет».
card-expired = ⌛ Эта карточка устарела. Пришлите фото или напишите правку ещё раз.
card-dropped = Это фото убрано. Пришлите другое, когда захотите.
button-catalogue = Все стили
button-surprise = Сюрприз
button-ideas = ✨ Новые идеи
ideas-asked = Придумываю другие стили…
button-describe = Моя идея
button-name = 🏷 Назвать
button-rename = 🏷 Другое имя
button-picture = Снимок { $position }
button-done = ✓ Готово
button-back = ‹ Назад
button-count = 🖼 { $pictures }
ratio-1-1 = 1:1 · Amazon, Etsy
ratio-3-4 = 3:4 · Wildberries, Ozon
ratio-4-3 = 4:3 · Авито
ratio-4-5 = 4:5 · Instagram
ratio-9-16 = 9:16 · Stories
ratio-16-9 = 16:9 · Баннер
button-large = 🔎 Крупно · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    } за снимок
button-create = Создать { $pictures ->
        [one] { $pictures } снимок
        [few] { $pictures } снимка
       *[many] { $pictures } снимков
    } · { $credits ->
        [0] бесплатно
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-split = 🧩 { $photos ->
        [one] { $photos } отдельная фотосессия
        [few] { $photos } отдельные фотосессии
       *[many] { $photos } отдельных фотосессий
    }
button-series = 🎨 Общие стили для всех { $photos }
series-title = 🧩 <b>Товаров: { $photos }, стили общие.</b> Каждое фото станет отдельной фотосессией.
series-count = 🖼 { $photos } фото × { $pictures ->
        [one] { $pictures } снимок
        [few] { $pictures } снимка
       *[many] { $pictures } снимков
    }
button-create-all = { $pictures ->
        [one] Создать этот
       *[many] Создать все { $pictures }
    } · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-create-first = { $pictures ->
        [one] Создать первый
        [few] Создать первые { $pictures }
       *[many] Создать первые { $pictures }
    } · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
card-made-before = ♻️ <b>{ $pictures ->
        [one] Такой снимок у вас уже есть.
       *[many] Такие снимки у вас уже есть.
    }</b> Сделано { $date }: то же фото, те же стили и формат. Если сделать заново, выйдет немного иначе.
button-made-before = { $pictures ->
        [one] Тот, что был · бесплатно
       *[many] Те, что были · бесплатно
    }
button-anew = Сделать заново · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-chosen = ✓ { $title }
catalogue-title = 🎨 <b>Все стили.</b> Выберите до { $max } по номерам.
catalogue-presets = Сначала – ваши сохранённые: формат на кнопке выберется вместе со стилем.
own-style-title = Моя идея
surprise-title = Сюрприз: { $title }

## House styles

style-white = Белый фон
style-marble = Утренний мрамор
style-oak = Дуб и тени
style-podium = Пастель
style-dark = Тёмный премиум
style-linen = Мягкий лён
style-concrete = Бетонный лофт
style-kitchen = Солнечная кухня
style-beach = Пляж
style-autumn = Осенние листья
style-festive = Праздник
style-water = Свежая вода
style-terracotta = Терракота
style-neon = Неоновая ночь
style-botanical = Зелёная листва
style-books = Уютный дом

## While it works

status-queued = ⏳ <b>В очереди.</b> Ваше место: { $place }.
status-queued-next = ⏳ <b>Ваш заказ следующий.</b>
status-preparing = 📸 <b>Готовлю ваше фото…</b>
status-making = 🎨 <b>{ $total ->
        [one] { $total } снимок
        [few] { $total } снимка
       *[many] { $total } снимков
    }, готово: { $ready }…</b>
status-making-one = 🎨 <b>Делаю ваш снимок…</b>
status-longer = Чуть дольше обычного, но я работаю.
status-remaining = Осталось около { $seconds ->
        [one] { $seconds } секунды
       *[many] { $seconds } секунд
    }.
status-converting = 🖼 <b>Последние штрихи…</b>
status-sending = 📤 <b>Отправляю…</b>
status-provider-busy = 😮‍💨 <b>Студия занята.</b> Ваше место сохранено, я продолжу сам. Кредит спишется, только когда снимок придёт.
status-stopping = ✋ Останавливаю… Готовые снимки всё же придут.
status-cancelled = { $credits ->
        [0] ✋ <b>Отменено.</b> Ничего не списано.
        [one] ✋ <b>Отменено.</b> Вернулся { $credits } кредит.
        [few] ✋ <b>Отменено.</b> Вернулись { $credits } кредита.
       *[many] ✋ <b>Отменено.</b> Вернулись { $credits } кредитов.
    }
button-cancel = Отменить

## The result

result-title = ✨ <b>{ $name }</b>
result-ready = { $delivered ->
        [one] Готов { $delivered } снимок.
        [few] Готовы { $delivered } снимка.
       *[many] Готовы { $delivered } снимков.
    }
result-cancelled = { $delivered ->
        [0] ✋ Отменено до первого готового снимка.
        [one] ✋ Отменено. { $delivered } снимок уже был готов.
        [few] ✋ Отменено. { $delivered } снимка уже были готовы.
       *[many] ✋ Отменено. { $delivered } снимков уже были готовы.
    }
result-failed = 😔 <b>Не удалось сделать ни одного снимка.</b>
result-unclaimed = 🌙 <b>Пока вас не было, этот заказ не удалось доставить.</b>
result-credits = { $used ->
        [0] Ничего не списано.
        [one] Списан { $used } кредит.
        [few] Списано { $used } кредита.
       *[many] Списано { $used } кредитов.
    } { $left ->
        [0] Кредитов больше нет.
       *[many] Осталось: { $left }.
    }
result-released = { $released ->
        [one] { $released } снимок не получился, его кредит вернулся.
        [few] { $released } снимка не получились, их кредиты вернулись.
       *[many] { $released } снимков не получились, их кредиты вернулись.
    }
result-smaller = 🔎 { $pictures ->
        [one] { $pictures } снимок не удалось сделать крупным, он обычного размера
        [few] { $pictures } снимка не удалось сделать крупными, они обычного размера
       *[many] { $pictures } снимков не удалось сделать крупными, они обычного размера
    }; { $credits ->
        [one] вернулся { $credits } кредит.
        [few] вернулись { $credits } кредита.
       *[many] вернулись { $credits } кредитов.
    }
result-cut = ✂️ { $pictures ->
        [one] { $pictures } снимок пришёл
        [few] { $pictures } снимка пришли
       *[many] { $pictures } снимков пришли
    } в другом формате: края обрезаны под ваш.
result-extended = 🖼 { $pictures ->
        [one] { $pictures } снимок пришёл
        [few] { $pictures } снимка пришли
       *[many] { $pictures } снимков пришли
    } в другом формате: фон дополнен под ваш.
result-repaid = { $repaid ->
        [one] Из них { $repaid } кредит пошёл в счёт возврата: деньги за него вам уже вернули.
        [few] Из них { $repaid } кредита пошли в счёт возврата: деньги за них вам уже вернули.
       *[many] Из них { $repaid } кредитов пошли в счёт возврата: деньги за них вам уже вернули.
    }
result-repeat = Возможно, этот альбом уже пришёл: меня прервали во время отправки. Списан он один раз.
result-product = ваш товар
button-originals = Оригиналы (PNG)
button-originals-as-made = Оригиналы
button-jpegs = В JPEG
button-again = Ещё раз · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-change = ✏️ Изменить
button-more = Ещё такой же · { $credits ->
        [0] бесплатно
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-likes = Ещё такой же
button-undo = ↩️ Как было
button-leave = Оставить как есть
truth-same-as-in-photo = ✅ Можно на главное фото: форма, цвета и этикетка как на вашем.
truth-same-as-in-photo-of = ✅ Можно на главное фото: { $pictures }. Форма, цвета и этикетка как на вашем.
truth-same-none = ✅ Можно на главное фото: форма и цвета как на вашем.
truth-same-none-of = ✅ Можно на главное фото: { $pictures }. Форма и цвета как на вашем.
truth-same-not-read = ✅ Можно на главное фото: форма и цвета как на вашем. Этикетку прочтите сами.
truth-same-not-read-of = ✅ Можно на главное фото: { $pictures }. Форма и цвета как на вашем, этикетки прочтите сами.
truth-label-alone = 🏷 Этикетка читается как на вашем фото. Форму и цвета измерить не удалось.
truth-label-alone-of = 🏷 { $pictures }: этикетка читается как на вашем фото. Форму и цвета измерить не удалось.
truth-drifted = 🔎 Для галереи: { $reasons }.
truth-drifted-of = 🔎 { $position } – для галереи: { $reasons }.
truth-colour = цвет не как на вашем фото
truth-proportions = пропорции не как на вашем фото
truth-doubled = товар на снимке дважды
truth-part = часть товара закрыта или пропала
truth-label = на этикетке «{ $picture }» вместо «{ $photo }»
truth-free = Исправить его можно без кредита.
result-change = 💬 Напишите, что изменить, или ответьте на снимок.
change-ask = ✏️ <b>Что изменить?</b> Напишите одним сообщением, например: «стол темнее, без цветов». Цену вы увидите до того, как я начну.
likes-which = Какой? Новый снимок будет в его стиле.
likes-picture = Как { $position } · { $credits ->
        [0] бесплатно
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
correction-title = ✏️ <b>Изменить снимок</b>
correction-hint = Товар останется как на фото. Другие слова? Просто напишите их.
correction-style = Моя правка
correction-left = Оставлено как есть. Ничего не списано.
correction-before = Было
correction-after = Стало: «{ $words }»
undo-done = ↩️ <b>Прежний снимок.</b> Ничего не списано, изменённый остаётся выше.
button-restyle = Другой стиль
button-save = Сохранить стиль
button-not-right = Не то
originals-caption = Полный размер без потери качества: можно загружать.
jpegs-caption = Полный размер в JPEG: легче PNG, на глаз без разницы.
originals-gone = Срок хранения этих оригиналов закончился. Альбом выше остаётся у вас.
original-file-name = снимок
album-style = { $style }
save-done = { $saved ->
        [0] Эти стили уже сохранены.
        [one] Сохранено. Ищите в «Все стили».
        [few] Сохранено { $saved } стиля. Ищите в «Все стили».
       *[many] Сохранено { $saved } стилей. Ищите в «Все стили».
    }
again-placed = Уже делаю!
not-right-which = Какой снимок не получился?
not-right-picture = Снимок { $position }
not-right-ask = 😕 Простите. Могу бесплатно переделать этот снимок или вернуть за него кредит.
button-redo = 🔁 Переделать бесплатно
button-give-back = 💚 Вернуть кредит
not-right-redo = 🔁 Переделываю: то же фото и тот же стиль, кредит не списан. Что было не так?
not-right-done = 💚 Простите. <b>{ $credits ->
        [one] Вернулся { $credits } кредит.
        [few] Вернулись { $credits } кредита.
       *[many] Вернулись { $credits } кредитов.
    }</b> Что было не так?
not-right-repaid = 💚 Простите. Деньги за этот снимок вам уже вернули, поэтому кредита к возврату нет. Что было не так?
give-back-rule = { $perDay ->
        [1] Первый неудачный снимок всегда переделаю или верну за него кредит, дальше до { $percent } % всех ваших снимков, не больше одного в день.
        [one] Первый { $perDay } неудачный снимок всегда переделаю или верну за него кредит, дальше до { $percent } % всех ваших снимков, не больше { $perDay } в день.
        [few] Первые { $perDay } неудачных снимка всегда переделаю или верну за них кредиты, дальше до { $percent } % всех ваших снимков, не больше { $perDay } в день.
       *[many] Первые { $perDay } неудачных снимков всегда переделаю или верну за них кредиты, дальше до { $percent } % всех ваших снимков, не больше { $perDay } в день.
    }
give-back-none = Если снимок не удался, напишите: /support.
give-back-refused = Если и этот снимок не удался, напишите нам: его посмотрит человек.
not-right-thanks = Спасибо! Это поможет сделать следующие лучше.
reason-label = Изменилась этикетка или текст
reason-shape = Товар выглядит иначе
reason-look = Не в моём вкусе
reason-other = Что-то другое

## Why there is no picture

failure-provider-refused = Правила безопасности студии не разрешают этот снимок. Попробуйте другое фото или стиль.
failure-provider-rejected = Студия не смогла сделать этот снимок. Другое фото или стиль могут подойти.
failure-provider-unavailable = Студия слишком долго была недоступна.
failure-file-gone = У Telegram больше нет этого фото. Пришлите его ещё раз.
failure-unexpected = Что-то пошло не так на моей стороне.
failure-no-cut-out = Модель не вырезала товар чисто, поэтому за снимок ничего не списано. Со второго раза может получиться; поможет фото на ровном фоне.
failure-unclaimed = Он ждал вас сколько мог, и его кредиты вернулись. «Ещё раз» сделает снимки заново.
failure-image-unreadable = Не могу прочитать это фото. Пришлите, пожалуйста, другое.

## Balance, history, styles, settings

balance = 💎 У вас <b>{ $credits ->
        [0] нет кредитов
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }</b>. Один кредит – один снимок, крупный – два.
balance-reserved = Ещё { $reserved ->
        [one] { $reserved } отложен
        [few] { $reserved } отложены
       *[many] { $reserved } отложены
    } для снимков в работе.
history-empty = Снимков пока нет. Пришлите фото товара!
history-title = 🗂 <b>Ваши снимки</b>
history-entry = { $date } · { $name } · { $pictures ->
        [one] { $pictures } снимок
        [few] { $pictures } снимка
       *[many] { $pictures } снимков
    }
history-page = Страница { $page } из { $pages }
history-caption = { $name }
past-title = ✨ <b>{ $name }</b>
past-time = 🕓 { $time }
past-style = 🎨 { $style }
button-show = Прислать снимки ещё раз
button-newer = ‹ Новее
button-older = Старее ›
styles-title = 🎨 <b>Стили</b>

    Пришлите фото, и вы сможете выбрать любой из них:
styles-saved = <b>Ваши сохранённые стили</b>
styles-saved-hint = Нажмите на стиль, чтобы переименовать или удалить его.
styles-forgotten = Удалено.
preset-key = { $title } · { $format }
preset-title = 🎨 <b>{ $title }</b>
preset-saved = 💾 Сохранено под названием <b>{ $title }</b>. Можно назвать короче.
preset-format = 📐 Вместе с ним выберется формат: { $format }
preset-format-large = { $ratio } · крупно
preset-use = Для следующего товара он первым в «Все стили».
preset-name = ✏️ <b>Новое название для «{ $title }»</b> одним сообщением, { $min }–{ $max } знаков.
button-rename-style = ✏️ Переименовать
button-forget = 🗑 Удалить
settings-title = ⚙️ <b>Настройки</b>

    Язык: { $language }
button-language = Язык
language-title = 🌍 Выберите язык:
language-done = Теперь я говорю по-русски.
menu-buy = Купить кредиты
menu-balance = Баланс
menu-history = Ваши снимки
menu-styles = Стили
menu-help = Как это работает
menu-settings = Настройки

## Answers to taps and errors

late-answer = ⏳ Это заняло время, простите. { $note }
cancel-nothing = Останавливать нечего.
cancel-too-late = Уже готово.
cancel-stopping = Останавливаю…
error-not-found = Этого я больше не нахожу.
error-draft-expired = Эта карточка устарела. Пришлите фото или напишите правку ещё раз.
error-already-placed = Это уже делается.
error-no-style-chosen = Сначала выберите стиль.
error-too-many-styles = Можно до { $max } стилей. Сначала снимите один.
error-style-text-length = В описании должно быть { $min }–{ $max } знаков, у вас { $length }.
error-name-length = В названии может быть до { $max } знаков, у вас { $length }.
error-card-changed = Карточка успела измениться: взгляните ещё раз.
error-not-enough-credits = { $available ->
        [0] Кредитов не осталось, а нужно: { $needed }.
        [one] У вас { $available } кредит, а нужно: { $needed }.
        [few] У вас { $available } кредита, а нужно: { $needed }.
       *[many] У вас { $available } кредитов, а нужно: { $needed }.
    }
error-give-back-quota = { $perDay ->
        [one] Вернуть можно { $perDay } снимок в день, на сегодня это всё.
        [few] Вернуть можно до { $perDay } снимков в день, на сегодня это всё.
       *[many] Вернуть можно до { $perDay } снимков в день, на сегодня это всё.
    }
error-give-back-share = { $perDay ->
        [one] Сверх { $perDay } возврата
       *[many] Сверх { $perDay } возвратов
    } можно вернуть до { $percent } % ваших снимков, и столько уже возвращено.
error-already-given-back = Кредит за этот снимок уже вернулся, или он уже переделан.
error-redo-not-free = Деньги за этот снимок вам уже вернули, поэтому бесплатно переделать его нельзя.
error-too-many-photos = До { $max } фото одного товара.
error-style-name-length = В названии стиля { $min }–{ $max } знаков, у вас { $length }. Пришлите другое.
error-style-name-taken = Так уже называется другой ваш стиль. Пришлите другое название.
error-too-many-ideas = Больше идей к этому фото у меня нет. Есть каталог и ваши слова.
error-too-many-saved-styles = Хранится до { $max } стилей. Сначала удалите один в /styles.
error-too-few-styles = Пусть останется хотя бы { $least } стиля: их предлагают, когда фото не распознано.
error-sku-form = В артикуле до { $max } букв, цифр, точек, дефисов или подчёркиваний, без пробелов. Пришлите его ещё раз.
error-no-channel-chosen = Сначала выберите хотя бы одну площадку.
error-pack-under-way = Эти файлы уже готовятся. Ещё минутку.
error-image-unreadable = Не могу прочитать файл: похоже, он повреждён. Пришлите, пожалуйста, другое фото.
error-image-kind-unsupported = Я понимаю фотографии: JPEG, PNG, WebP, HEIC, TIFF, BMP или GIF. Это что-то другое.
error-image-too-large = Фото слишком большое. Пришлите до 20 МБ и 50 мегапикселей.
error-image-too-small = Фото слишком маленькое для хорошего результата. Нужно хотя бы 100 пикселей по каждой стороне.
error-image-too-narrow = Это очень длинная полоса: одна сторона больше другой в 20 с лишним раз. Обрежьте фото до товара.
error-image-too-heavy = На фото такого вида и размера мне не хватает памяти. Пришлите его как JPEG или поменьше.
error-imaging-busy = Сейчас много работы. Я продолжу сам.
error-file-too-large = Telegram даёт мне открыть файлы до 20 МБ. Пришлите, пожалуйста, поменьше.
error-file-gone = У Telegram больше нет этого фото. Пришлите его ещё раз.
error-provider-refused = Это фото или текст нарушает правила безопасности студии, я не могу его взять. Ничего не списано.
error-provider-unavailable = Студия сейчас недоступна. Попробуйте через несколько минут. Ничего не списано.
error-provider-rejected = Студия не может работать с этим фото. Попробуйте, пожалуйста, другое. Ничего не списано.
error-provider-paused = У студии перерыв. Я продолжу сам, как только она вернётся. Ничего не списано.
error-too-many-requests = Это много! Подождите { $seconds } с, и продолжим. Ничего не потерялось.
recognitions-over = 👀 За сутки внимательно просмотрено ваших фото: { $max }, больше нельзя. К этому фото предлагаю стили, которые подходят почти всему; заказать его можно как обычно. Снова смогу разглядывать через { $hours ->
        [one] { $hours } час
        [few] { $hours } часа
       *[many] { $hours } часов
    }.
error-line-full = Студия занята: перед вами заказов — { $waiting }. Ничего не списано, стили останутся выбранными. Попробуйте через несколько минут.
error-too-many-photoshoots = Для одного часа это много! Подождите { $minutes } мин. Выбранные стили останутся.
error-cancelled = Отменено.
error-unexpected = Что-то пошло не так на моей стороне. Попробуйте ещё раз: за это ничего не списано.

## Admins

figures-title = 📊 <b>Статистика · { $period }</b>
figures-all = за всё время
figures-usage = <code>/admin_stats</code> или с датами: <code>/admin_stats 2026-11-01 2026-11-15</code>, один день или от … до.
figures-money = <b>Деньги</b>
figures-no-money = Оплат пока не было.
figures-earnings = <b>{ $net }</b> · пришло { $gross }, возвращено { $refunded } · в среднем { $average }
figures-orders = 🧾 Заказы: оплачено { $paid } · открыто { $pending } · отменено { $cancelled } · истекло { $expired }
figures-conversion = 🎯 Оплачено из последних счетов: { $percent } %
figures-paying = 👛 Покупатели: { $paying }
figures-refunds = ↩️ Возвраты: { $refunds } · возвращено частями: { $parts } · отозванные платежи: { $chargebacks }
figures-cost = 💵 Себестоимость: { $cost } USD{ $change } · { $each } за снимок
figures-margin = 💰 Маржа: <b>{ $margin } USD</b> · { $each } с заказа
figures-margin-without = Без { $currencies }: курса нет.
figures-outstanding = 🎟 Должны людям кредитов: { $pictures }
figures-held = ⏸ Платежи на удержании: { $payments }, см. /held
figures-reconciled = 🔎 Платежи, найденные сверкой с Telegram: { $payments }
figures-use = <b>Использование</b>
figures-people = 👤 Новые: { $new } · активные { $active } · заблокировали { $blocked }
figures-pictures = 🖼 Снимки: { $pictures } · куплено { $bought } · в подарок { $given } · бесплатно { $free }
figures-owed = ⚠️ Снимки, чья оплата отозвана: { $pictures }
figures-photoshoots = 📷 Фото: { $photos } → фотосессии: { $placed }
figures-recognised = 🔎 Распознала модель { $model }, знакомые { $known }, со стилями дома { $house }
figures-style = { $origin ->
        [proposed] предложенные
        [own] свои идеи
        [surprise] сюрпризы
        [preset] сохранённые
        [correction] правки
        [cut-out] без фона
       *[other] { $origin }
    }
figures-quality = <b>Качество</b>
figures-outcomes = ✅ Полностью: { $complete } · частично { $partial } · не удалось { $failed } · остановлено { $cancelled } · фото отклонено { $photoRefused }
figures-missing = 🚫 Снимки не удались: { $failed } · отклонены { $refused }
figures-truth = 🔎 Сверено с фото: совпали { $same } · отличаются { $drifted } · не измерены { $notMeasured }
figures-labels = 🏷 Этикетки: как на фото { $asInPhoto } · читаются иначе { $differs } · без текста { $none } · не прочитаны { $notRead }
figures-not-right = 👎 Не то: { $pictures } · { $percent } %
figures-reason = { $reason }: { $count }
figures-drifted = исправлено бесплатно: проверка нашла отличие
figures-no-reason = без причины
figures-photo-to-card = ⏱ Фото → стили: { $p50 } с, 95 из 100 за { $p95 } с
figures-create-to-delivery = ⏱ Создать → снимки: { $p50 } с, 95 из 100 за { $p95 } с
figures-service = <b>Поддержка</b>
figures-tickets = 🛟 Обращения: новых { $opened } · открыто сейчас { $open }
figures-first-answer = ⏱ Первый ответ: { $p50 }, 95 из 100 за { $p95 }
button-cohorts = 👥 Кто возвращается
cohorts-title = 👥 <b>Кто возвращается</b>
cohorts-about = Люди по неделе первой фотосессии и сколько из 100 сделали ещё одну через 1, 2, 3 … недели. Последнее число строки — за эту неделю, она ещё идёт.
cohorts-week = Неделя
cohorts-new = Новых
figures-now = 🏃 Сейчас: в очереди { $queued } · в работе { $generating } · черновики { $drafts } · ждут оплаты { $awaitingPayment }
button-figures = { $period ->
        [today] Сегодня
        [all] Всё
       *[other] { $period } дн.
    }
button-charts = 📈 Графики
charts-coming = Рисую графики…
charts-caption = 📈 <b>Графики · { $days }</b>
chart-revenue = Поступления
chart-pictures = Доставленные снимки
chart-new-people = Новые люди
chart-packages = Деньги по пакетам
chart-sources = Деньги по источникам
chart-not-right = Почему снимки не подошли
chart-funnel = От прихода до повторной покупки
chart-stars = звёзды
chart-unit-pictures = снимки
chart-unit-people = люди
chart-unit = { $step ->
        [week] { $unit } по неделям
       *[day] { $unit } по дням
    }
chart-course = { $days }: { $unit }, всего { $total }, больше всего { $most } ({ $on }).
funnel-start = Пришли
funnel-photo = Прислали фото
funnel-first-picture = Получили снимок
funnel-paywall-seen = Видели магазин
funnel-invoice = Запросили счёт
funnel-paid = Оплатили
funnel-second-purchase = Оплатили снова
percent = { $percent } %
alert-provider-quota = ⚠️ <b>У поставщика снимков закончилась квота.</b> Все заказы ждут, ни один не пропадёт. Пополните счёт, я продолжу сам.
alert-provider-key = ⚠️ <b>Поставщик снимков не принимает ключ.</b> Все заказы ждут, ни один не пропадёт. Проверьте ключ и перезапустите.
alert-provider-model = ⚠️ <b>Поставщик не даёт нам модель { $model }.</b> Все заказы ждут, ни один не пропадёт. Проверьте модели в настройках и перезапустите.
alert-provider-outage = ⚠️ <b>Поставщик снимков не отвечает.</b> { $model }: { $code }. Все заказы ждут, продажи приостановлены. Я спрашиваю его каждые несколько секунд и продолжу сам.
alert-provider-back = ✅ Поставщик снимков снова работает. Ждавшие заказы делаются.
alert-provider-rejected = ⚠️ <b>Ни одна модель не принимает запрос.</b> Последней была { $model }: { $code }. Заказ завершён, кредиты вернулись продавцу. Дело может быть в одном необычном фото; если повторится, проверьте модели в настройках.
alert-provider-rejected-over = ✅ Снимок снова получился.
alert-provider-words = 🗨 { $model }: «{ $words }»
alert-recognition-failing = ⚠️ <b>Товары не распознаются.</b> { $model }: { $code }. Пока продавцам предлагаются стили дома, а снимки делаются как всегда.
alert-recognition-back = ✅ Товары снова распознаются.
alert-model-ending = 📅 <b>Модель, которой вы пользуетесь, отключат { $date }:</b> { $models }. Выберите до этого дня другую в настройках и перезапустите.

alert-still = { $hours ->
        [one] ⏳ Это длится { $hours } час:
        [few] ⏳ Это длится { $hours } часа:
       *[many] ⏳ Это длится { $hours } часов:
    }
alert-line-full = 🚧 <b>Очередь полна: заказы не принимаются.</b> Ждут фотосессий: { $waiting }. За отклонённое ничего не списано. Помогут больше ASYNC_WORKERS, ещё один процесс или модель быстрее; сколько может ждать, задаёт MAX_WAITING_PHOTOSHOOTS.
alert-line-full-over = ✅ В очереди снова есть место: заказы принимаются.
alert-picture-paid-often = ⚠️ <b>Снимок оплачен { $paid } раз и не пришёл.</b> Он из фотосессии { $photoshoot }, она ждёт; теперь я пробую его раз в 10 минут, а через 30 минут после заказа верну кредиты. Загляните в кабинет поставщика или смените IMAGE_MODELS и перезапустите.
alert-rule-response-time = Ответы занимают много времени
alert-rule-error-rate = Много запросов не удаётся
alert-rule-processing-time = Снимки делаются долго
alert-rule-cpu = Процессор занят
alert-rule-memory = Не хватает памяти
alert-rule-disk = Диск почти полон
alert-rule-cache-hit-rate = Кэш мало помогает
alert-rule-active-requests = Много запросов одновременно
alert-rule-database-pool = Заняты все соединения с базой данных
alert-rule-image-queue = Много снимков ждут потока
alert-rule-open-circuits = Сервис снимков сейчас не опрашивается
alert-measure-seconds = в среднем { $value } с, предел { $limit } с
alert-measure-percent = { $value } %, предел { $limit } %
alert-measure-count = { $value }, предел { $limit }
alert-performance-warning = 🟡 <b>{ $what }.</b> { $measure }. Смотрите /performance.
alert-performance-critical = 🔴 <b>{ $what }.</b> { $measure }. Смотрите /performance.
alert-performance-over = ✅ Прошло: { $what }.
alert-update-given-up = ⚠️ <b>Сообщение не удалось обработать, оно отложено.</b> { $kind } { $update }: { $fault }. Смотрите /failed и журнал.

## Buying

shop-title = 💎 У вас <b>{ $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }</b>.
shop-paused = 🔧 <b>Студия ненадолго закрыта.</b> Пока снимки не делаются, кредиты не продаются: платить за ожидание не нужно. Ваши кредиты на месте. Загляните чуть позже.
shop-hint = Выберите пакет. Один кредит – один снимок. Кредиты не сгорают, а за то, что не получилось, ничего не списывается.
shop-subscription-renews = Подписка продлится { $date }.
shop-subscription-ends = Подписка закончится { $date }.
button-package = { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    } · { $price } · по { $each }
button-subscribe = { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    } в месяц · { $price }
button-subscribe-pay = Подписаться · { $stars } ⭐ в месяц
button-unsubscribe = Отменить подписку
subscription-offer = { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    } каждый месяц за { $stars } звёзд. Отменить можно в любой момент: /buy.
paywall-title = { $missing ->
        [one] Не хватает { $missing } кредита.
       *[many] Не хватает { $missing } кредитов.
    } { $available ->
        [0] Сейчас их нет.
       *[many] Сейчас есть { $available }.
    }
button-affordable = Сделать только { $pictures } · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-affordable-photos = { $photos ->
        [one] Первое фото
       *[many] Первые { $photos } фото
    } · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
paywall-continues = Выберите пакет: после оплаты заказ начнётся сам.
invoice-title = Кредиты: { $credits }
invoice-description = Пакет «{ $name }»: кредиты – { $credits }, по одному за стильный снимок товара. Они не сгорают.
payment-credited = 💚 Спасибо! Добавлено { $added ->
        [one] { $added } кредит
        [few] { $added } кредита
       *[many] { $added } кредитов
    }, теперь у вас { $credits }.
payment-credited-late = 💚 Этот счёт уже был оплачен или устарел, поэтому это новая покупка: добавлено { $added ->
        [one] { $added } кредит
        [few] { $added } кредита
       *[many] { $added } кредитов
    }, теперь у вас { $credits }. Если это случайно, напишите в /paysupport.
payment-held = Платёж получен, но он не подходит ни к одному открытому заказу. Его посмотрит человек и напишет вам.
payment-delayed = 💚 Ваш платёж { $price } получен, деньги в сохранности. Кредиты добавлю следом: сейчас не получилось, и я пробую снова, пока не получится. Пожалуйста, не платите ещё раз; если через час их не будет, напишите в /paysupport.
payment-order-follows = ⏳ Начать ваш заказ прямо сейчас не получилось. Он начнётся сам через минуту-две.
checkout-order = Этот счёт закрыт. Получите новый: /buy. Ничего не списано.
checkout-price = Цена изменилась. Получите новый счёт: /buy. Ничего не списано.
checkout-discount = Скидка действует на одну покупку, и она уже в другом счёте. Получите новый счёт: /buy. Ничего не списано.
checkout-subscribed = У вас уже есть подписка, или её оплата ещё идёт: /buy. Ничего не списано.
checkout-payer = Этот счёт выписан другому человеку. Получите свой: /buy. Ничего не списано.
checkout-paused = Студия ненадолго закрыта, поэтому оплату сейчас не принимаю. Заплатите чуть позже: счёт останется. Ничего не списано.
checkout-later = Сейчас я не могу принять оплату. Попробуйте чуть позже. Ничего не списано.
alert-payment-held = ⚠️ <b>Платёж не подходит ни к одному заказу и отложен.</b> Смотрите /held.
alert-unsettled-payment = ⚠️ <b>Платёж пришёл, но зачислить его не удалось.</b> { $price }, пользователь { $user }; ему сказано, что кредиты будут. Я пробую снова каждую минуту; до тех пор платёж виден в /held. Причина в журнале.
alert-unsettled-refund = ⚠️ <b>Деньги вернулись покупателю, но записать это не удалось.</b> { $price }, пользователь { $user }; кредиты ещё не списаны. Я пробую снова каждую минуту; до тех пор это видно в /held. Причина в журнале.
alert-settled-payment = ✅ Платёж, который не удавалось зачислить, теперь зачислен: { $price }, пользователь { $user }.
alert-settled-refund = ✅ Возврат денег теперь записан: { $price }, пользователь { $user }.
command-buy = Купить кредиты

## Support and terms

terms = 📄 <b>Условия</b>

    • Один кредит – один доставленный снимок, крупный – два. Кредиты не сгорают.
    • За то, что не получилось, отклонено или отменено, ничего не списывается: кредит вернётся сам.
    • Снимок не тот: нажмите «Не то», и кредит вернётся в разумных пределах.
    • Цифровые товары продаются за звёзды Telegram. Возврат: /paysupport.
    • Все права на фото и снимки остаются у вас. Фото нужны только для ваших снимков.
    • Снимки делает модель ИИ, и это отмечено в их данных. Проверьте их перед публикацией.
command-terms = Условия
command-support = Написать нам
command-paysupport = Вопрос об оплате
support-ask = ✍️ Чем помочь? Напишите одним сообщением, можно с фото. Вам ответит человек.
support-ask-payment = ✍️ Что случилось с оплатой? Напишите одним сообщением, можно со скриншотом. Вам ответит человек.
support-charges = Ваши последние платежи уже в обращении:
support-received = 💌 Спасибо, обращение { $id } у нас. Ответим здесь.
support-left = Хорошо, в поддержку ничего не отправлено. Писать можно в любое время: /support.
support-answer = 💌 <b>Ответ на обращение { $id }</b>
support-resolved = Обращение { $id } закрыто. Пишите в любое время: /support.
button-support-write = Написать ещё
button-support = Написать в поддержку
ticket-title = 🎫 <b>Обращение { $id }</b> · { $topic } · человек { $user }
ticket-topic-payment = платёж
ticket-topic-other = вопрос
ticket-person = Человек
ticket-owner = Мы
ticket-write = Напишите ответ на обращение { $id } одним сообщением.
ticket-answered = Ответ на обращение { $id } доставлен.
ticket-not-delivered = ⚠️ Ответ на обращение { $id } не доставлен: человек заблокировал бота. Он сохранён в обращении.
ticket-resolved = Обращение { $id } закрыто.
tickets-none = Обращений нет.
tickets-title = 🎫 <b>Обращения ждут</b>
button-ticket-reply = Ответить
button-ticket-resolve = Закрыть
error-awaiting-payment = Этот заказ ждёт оплаты и потом начнётся сам. Кнопка «Создать» покажет пакеты ещё раз.

## Refunds (admins) and what the buyer is told

payments-title = 💳 <b>Платежи</b>
payments-none = Платежей нет.
held-title = 🖐 <b>Деньги без подходящего заказа</b>
held-none = Отложенных денег нет.
unsettled-title = ⏳ <b>Деньги, которые пока не удалось записать</b>
unsettled-line-payment = №{ $id } · { $date } · { $price } · { $name } ({ $user }) · пришли, не зачислены
unsettled-line-refund = №{ $id } · { $date } · { $price } · { $name } ({ $user }) · вернулись, кредиты не списаны
unsettled-more = … и ещё { $more }.
button-settle-payment = Зачислить №{ $id } · { $price }
button-settle-refund = Списать №{ $id } · { $price }
settle-outcome-settled = ✅ Готово: записано.
settle-outcome-before = Это уже было записано.
settle-outcome-held = 🖐 Записано, но не подходит ни к одному заказу. Смотрите /held.
settle-outcome-failed = ⚠️ И в этот раз не получилось; осталось в /held. Причина в журнале, я пробую дальше.
payment-line = #{ $id } · { $date } · { $price } · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    } · { $name } ({ $user }) · { $state }
payment-state-credited = зачислен
payment-state-held = отложен
payment-state-refunding = возвращается
payment-state-refunded = возвращён
payment-state-charged-back = отозван покупателем
payment-given-back = возвращено { $part }
held-reason-order = нет такого заказа
held-reason-price = другая цена
held-reason-payer = другой плательщик
held-reason-period = этот месяц уже оплачен
button-refund = Вернуть #{ $id } · { $price }
button-refund-yes = Вернуть { $price }: { $why }
button-refund-by-hand = Отметить возврат: { $why }
button-refund-part = Вернуть часть
refund-confirm = ❓ <b>Вернуть платёж { $id }?</b> { $price } вернутся: { $name } ({ $user }).
refund-credits = Куплено: { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }. { $unused ->
        [0] Все потрачены, ничего не спишется.
        [one] Не потрачен { $unused }: он спишется.
        [few] Не потрачены { $unused }: они спишутся.
       *[many] Не потрачены { $unused }: они спишутся.
    }
refund-given-back = { $part } из него возвращены раньше; это остаток.
refund-whole-only = ⭐ Звёзды возвращаются только целиком: часть Telegram не возвращает.
refund-part-credits = Из его кредитов ({ $standing }) { $claimed ->
        [0] ни один не уходит
        [one] уходит { $claimed }
        [few] уходят { $claimed }
       *[many] уходят { $claimed }
    }.{ $missing ->
        [0] {""}
        [one] {" "}{ $missing } из них потрачен и спишется, только если вернётся кредит за снимок.
        [few] {" "}{ $missing } из них потрачены и спишутся, только если вернутся кредиты за снимки.
       *[many] {" "}{ $missing } из них потрачены и спишутся, только если вернутся кредиты за снимки.
    }
refund-at-work = { $credits ->
        [one] { $credits } в работе: если вернётся, он спишется.
        [few] { $credits } в работе: те, что вернутся, спишутся.
       *[many] { $credits } в работе: те, что вернутся, спишутся.
    }
refund-by-hand = 💳 Это оплата картой, её Telegram вернуть не может. <b>Сначала верните деньги у платёжного провайдера</b>, потом отметьте здесь.
refund-outcome-refunded = ✅ Платёж { $id } возвращён.
refund-outcome-refused = ⚠️ Telegram отказался вернуть платёж { $id }. Ничего не изменилось: кредиты снова у покупателя. Причина – в журнале.
refund-outcome-unknown = ⏳ Telegram не ответил о платеже { $id }. Кредиты списаны; я буду спрашивать сам, пока деньги не вернутся.
refund-done = 💸 Ваш платёж { $price } возвращён. { $credits ->
        [0] Кредитов не осталось.
        [one] Остался { $credits } кредит.
        [few] Осталось { $credits } кредита.
       *[many] Осталось { $credits } кредитов.
    }
refund-rest-done = 💸 Остаток вашего платежа, { $price }, возвращён. { $credits ->
        [0] Кредитов не осталось.
        [one] Остался { $credits } кредит.
        [few] Осталось { $credits } кредита.
       *[many] Осталось { $credits } кредитов.
    }
refund-part-done = 💸 Из вашего платежа { $price } возвращены { $part }. { $taken ->
        [0] Кредиты с ними не списаны.
        [one] С ними списан { $taken } кредит.
        [few] С ними списаны { $taken } кредита.
       *[many] С ними списаны { $taken } кредитов.
    }{ $owed ->
        [0] {""}
        [one] {" "}Ещё { $owed } потрачен: он спишется, если вернётся кредит за снимок.
        [few] {" "}Ещё { $owed } потрачены: они спишутся, если вернутся кредиты за снимки.
       *[many] {" "}Ещё { $owed } потрачены: они спишутся, если вернутся кредиты за снимки.
    }
refund-part-balance = { $credits ->
        [0] Кредитов не осталось.
        [one] У вас { $credits } кредит.
        [few] У вас { $credits } кредита.
       *[many] У вас { $credits } кредитов.
    }
payment-found = 💚 Ваш платёж дошёл до меня с опозданием, простите! Добавлено: { $added ->
        [one] { $added } кредит
        [few] { $added } кредита
       *[many] { $added } кредитов
    }, теперь у вас { $credits }.
balance-debt = 💳 Ваш долг – <b>{ $debt ->
        [one] { $debt } кредит
        [few] { $debt } кредита
       *[many] { $debt } кредитов
    }</b>: платёж был отозван, когда снимки уже были сделаны. Следующая покупка сначала покроет его.
subscription-confirm = ❓ <b>Отменить подписку?</b> Она действует до конца оплаченного срока; потом ничего не спишется и новые кредиты приходить не будут. Ваши кредиты останутся с вами.
button-resubscribe = Возобновить подписку
subscription-reopened = 🔁 Её можно продолжить. Telegram спросит вас самих: откройте «Настройки» › «Мои звёзды», выберите эту подписку и возобновите её. Пока вы этого не сделали, она кончится с оплаченным сроком, и ничего не спишется.
subscription-kept = Подписка продолжается.
subscription-surplus = Вы подписались дважды, поэтому вторую подписку я отменил: по ней больше ничего не спишется. Кредиты, которые она принесла, ваши.
button-unsubscribe-yes = Да, отменить
button-unsubscribe-no = Оставить
subscription-cancelled = Подписка отменена. Она действует до конца оплаченного срока.
error-nothing-to-refund = Возвращать нечего: кто-то успел раньше, или деньги уже вернулись.
error-refund-too-much = От этого платежа осталось только { $left } { $currency }: часть успели вернуть.
alert-chargeback = ⚠️ <b>Отзыв платежа.</b> Пользователь { $user } отозвал платёж { $id } ({ $price }). Его кредиты ({ $credits }) списаны, баланс теперь { $balance }.
alert-refund-refused = ⚠️ Telegram отказался вернуть платёж { $id }. Кредиты снова у покупателя. См. /payments и журнал.
alert-reconciled = 🔧 <b>Сверка с операциями Telegram кое-что исправила.</b> Потерянные платежи: { $payment }. Отложены, см. /held: { $held }. Возвраты: { $refund }. Отзывы: { $chargeback }.
command-payments = Платежи и возвраты
command-held = Деньги, которые ждут вас
command-tickets = Обращения
command-failed = Сообщения, с которыми не вышло
failed-none = ✅ За неделю ни одно сообщение не осталось без ответа.
failed-title = 🪦 <b>{ $count ->
        [one] { $count } сообщение, с которым не вышло
        [few] { $count } сообщения, с которыми не вышло
       *[many] { $count } сообщений, с которыми не вышло
    }</b>
failed-line = #{ $update } · { $date } · { $kind } · { $user } · { $fault } · { $times ->
        [one] { $times } раз
        [few] { $times } раза
       *[many] { $times } раз
    }
failed-hint = «Ещё раз» обработает сообщение так, будто оно только что пришло. Остальное удалится через неделю.
button-retry = Ещё раз #{ $update }
retry-begun = Уже обрабатываю снова.
retry-gone = Его здесь уже нет.
command-gift = Подарить кредиты
command-promo-new = Новый промокод
command-promo-list = Промокоды
command-link = Ссылка с источником
command-sources = Откуда приходят люди
command-conversions = Конверсии таблицей

## Growth

command-invite = Пригласить продавцов
command-promo = Ввести промокод
invite-title = 🎁 <b>Пригласите других продавцов</b>
invite-start = Когда новый человек откроет вашу ссылку и получит первый снимок, вам { $credits ->
        [one] достанется { $credits } кредит
        [few] достанется { $credits } кредита
       *[many] достанется { $credits } кредитов
    }.
invite-purchase = С каждого пакета, который он купит, вам добавится { $percent } % кредитов.
invite-cap = Всего до { $credits ->
        [one] { $credits } кредита
       *[many] { $credits } кредитов
    } за тридцать дней.
invite-earned = { $arrived ->
        [0] По вашей ссылке пока никто не пришёл.
        [one] По вашей ссылке пришёл { $arrived } продавец.
        [few] По вашей ссылке пришли { $arrived } продавца.
       *[many] По вашей ссылке пришли { $arrived } продавцов.
    } { $earned ->
        [one] Вы заработали { $earned } кредит.
        [few] Вы заработали { $earned } кредита.
       *[many] Вы заработали { $earned } кредитов.
    }
invite-share-text = Простое фото товара превращается в снимки для маркетплейса. Первые бесплатно.
button-share = Поделиться
button-copy-link = Скопировать ссылку
promo-ask = 🎟 Напишите код после команды, например <code>/promo SPRING</code>.
promo-credits = 🎟 Добавлено <b>{ $added ->
        [one] { $added } кредит
        [few] { $added } кредита
       *[many] { $added } кредитов
    }</b>, теперь у вас { $credits }.
promo-percent = 🎟 <b>Скидка { $percent } %</b> на следующую покупку. Выберите пакет: /buy
error-promo-unknown = Я не знаю такого кода. Проверьте, пожалуйста, буквы.
error-promo-over = Этот код больше не действует.
error-promo-used = Вы уже использовали этот код.
gift-received = 🎁 <b>Подарок для вас: { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }!</b> Приятных съёмок.
gift-received-why = 🎁 <b>Подарок для вас: { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }!</b>

    { $why }
gift-usage = <code>/gift id-или-@username кредиты почему</code>, например <code>/gift 1234567 5 Простите за ожидание</code>. «Почему» увидит человек, его можно опустить.
gift-unknown = Я не знаю человека с таким номером или именем.
gift-several = Это имя было у нескольких людей. Укажите, пожалуйста, номер.
gift-done = 🎁 { $name }: подарено { $given }, теперь кредитов { $credits }.
gift-done-untold = 🎁 { $name }: подарено { $given }, теперь кредитов { $credits }, но сообщить не удалось.
promo-new-usage = <code>/promo_new КОД credits|percent ЧИСЛО max=N per=N days=N</code>

    Код: 3–24 латинские буквы и цифры. До 10 000 кредитов или до 90 процентов от следующей покупки. Ограничения можно опустить: сколько раз всего, сколько раз одному человеку (1), сколько дней.
promo-created = 🎟 <code>{ $code }</code> действует. Ссылка: { $link }
promo-exists = Код <code>{ $code }</code> уже есть, он остался прежним.
promo-list-none = Промокодов пока нет: /promo_new
promo-list-title = 🎟 <b>Промокоды</b>
promo-gives-credits = <code>{ $code }</code>: { $value ->
        [one] { $value } кредит
        [few] { $value } кредита
       *[many] { $value } кредитов
    }
promo-gives-percent = <code>{ $code }</code>: скидка { $value } %
promo-uses = использован { $uses }
promo-uses-of = использован { $uses } из { $max }
promo-per-person = по { $times } на человека
promo-until = до { $date }
link-usage = <code>/link utm_source=vk&amp;utm_medium=cpc&amp;utm_campaign=spring&amp;ref=…&amp;promo=КОД&amp;package=2</code>

    Любое поле можно опустить, но не все сразу. Ещё есть utm_content, utm_term и yclid.
link-created = 🔗 { $link }
sources-usage = <code>/sources дни</code>, например <code>/sources 30</code>.
sources-none = За последние { $days } дн. ничего не было.
sources-title = 📈 <b>Источники за последние { $days } дн.</b>
sources-direct = без источника
sources-funnel = старты { $starts } → фото { $photos } → снимки { $firstPictures } → магазин { $paywalls } → оплатили { $paid } → снова { $secondPurchases }
sources-more = И ещё { $more }; все есть в /conversions.
conversions-usage = <code>/conversions дни</code>, например <code>/conversions 30</code>.
conversions-none = За последние { $days } дн. ничего не было.
conversions-caption = События за последние { $days } дн.: { $events }, время по UTC.
conversions-caption-newest = Новейшие события за последние { $days } дн.: { $events }, время по UTC.

## Owners and support

command-admin = Всё для владельцев
command-user = Найти человека
command-orders = Заказы
command-pause = Закрыть магазин на время
command-resume = Открыть магазин
command-team = Кто помогает с обращениями
command-support-add = Доверить человеку обращения
command-support-remove = Больше не доверять обращения
button-page-before = ← Раньше
button-page-after = Дальше →
button-admin-menu = ‹ Меню
list-empty = Ничего нет.
orders-title = 🧾 <b>Заказы</b>
order-line = №{ $id } · { $date } · { $price } · { $package } · { $name } ({ $user }) · { $state }
order-state-all = все
order-state-pending = открыт
order-state-paid = оплачен
order-state-cancelled = отменён
order-state-expired = истёк
order-state-refunded = возвращён
refund-why = Выберите причину, она останется при возврате.
refund-reason-asked = по просьбе
refund-reason-quality = плохие снимки
refund-reason-twice = оплата дважды
refund-reason-goodwill = добрая воля
button-person = Кто это?
user-usage = <code>/user id, @имя или номер платежа</code>, или перешлите мне сообщение человека.
user-hidden = Этот человек скрывает, кто написал его сообщения. Спросите его id или @имя.
person-title = 👤 <b>{ $name }</b> · <code>{ $user }</code>
person-support = 🎫 помогает с обращениями
person-banned = ⛔️ доступ закрыт: { $why }
person-blocked = 🔕 заблокировал бота
person-balance = 💰 Кредиты: <b>{ $credits }</b> · в работе { $reserved }
person-pictures = 🖼 Фотосессии: { $photoshoots } · снимки: { $pictures }
person-spent = 💳 Потрачено: <b>{ $spent }</b> · платежей: { $payments }
person-refunds = ↩️ Звёзды возвращаются только целиком, платёж картой – и частью: см. «Платежи».
person-seen = 🕰 С { $since } · последний раз { $seen } · { $language }
person-source = 🔗 Пришёл из { $source }
person-invited = 🤝 Пригласил { $inviter }
person-open = ⏳ Открыто: фотосессии { $photoshoots } · счета { $orders } · отложенные платежи { $held } · обращения { $tickets }
person-subscription = 🔁 Подписка продлевается
person-act = • { $date } · { $act } · { $actor }
act-gift = подарок
act-correct = кредиты исправлены
act-refund = возврат
act-refund-part = возврат части
act-settle = платёж записан
act-ban = доступ закрыт
act-unban = доступ открыт
act-message = сообщение
act-answer-ticket = ответ на обращение
act-resolve-ticket = обращение закрыто
act-retry-update = сообщение запущено снова
act-create-promo = создан промокод
act-create-link = создана ссылка
act-grant-support = доверены обращения
act-withdraw-support = обращения больше не доверены
act-pause = магазин закрыт
act-resume = магазин открыт
act-stop-free-credits = бесплатные кредиты остановлены
act-allow-free-credits = бесплатные кредиты снова даются
act-begin-weekly-digest = включена сводка за неделю
act-end-weekly-digest = сводка за неделю выключена
act-broadcast = рассылка
act-arrange-styles = порядок стилей
act-clear-caches = кэши очищены
act-warm-caches = кэши заполнены
act-clean-up = уборка
act-set-thresholds = изменены пороги
act-set-limit = изменён лимит
button-correct = Правка кредитов
button-gift = Подарить
button-message = Написать
button-refunds = Платежи
button-orders = Заказы
button-tickets = Обращения
button-ban = Закрыть доступ
button-unban = Открыть доступ
request-ask-gift = 🎁 Сколько кредитов и за что? Например: <code>5 Простите за ожидание</code>. Человек прочтёт причину.
request-ask-correct = ⚖️ На сколько вверх или вниз и почему? Например: <code>+5 Два снимка обрезаны</code> или <code>-3 Дано дважды</code>. Человек прочтёт причину.
request-ask-ban = ⛔️ Почему доступ закрывается? Человек это прочтёт. Ничего из его вещей не пропадёт, начатое будет доделано.
request-ask-message = ✍️ Что передать человеку? Одно сообщение; ответить он сможет через поддержку.
request-ask-refund-part = 💳 Сколько вернуть из платежа { $id } и почему? Осталось { $left }. Например: <code>{ $example } Два снимка обрезаны</code>. Человек прочтёт причину.
request-confirm-gift = ❓ <b>Подарить { $credits } человеку { $name }</b> ({ $user })? Сейчас у него { $before }, будет { $after }.
request-confirm-correct = ❓ <b>{ $direction ->
        [down] Снять { $credits }:
       *[up] Добавить { $credits }:
    } { $name }</b> ({ $user })? Сейчас { $before }, будет { $after }.
request-confirm-ban = ❓ <b>Закрыть доступ: { $name }</b> ({ $user })? Человек прочтёт:
request-confirm-message = ❓ <b>Отправить это: { $name }</b> ({ $user })?
request-confirm-refund-part = ❓ <b>Вернуть { $part }</b> из { $left }, оставшихся от платежа { $id }: { $name } ({ $user })?
request-short = ⚠️ У человека { $before }, больше снять нельзя. Напишите исправление заново с меньшим числом.
button-do-gift = Подарить { $credits }
button-do-correct = Исправить на { $credits }
button-do-ban = Закрыть доступ
button-do-message = Отправить
button-do-refund-part = Отметить возврат { $part }
button-leave-it = Не надо
request-done-gift = ✅ Подарено, человек знает.
request-done-correct = ✅ Исправлено, человек знает.
request-done-ban = ✅ Доступ закрыт, человек знает почему.
request-done-message = ✅ Отправлено.
request-done-refund-part = ✅ Часть возвращена, человек знает.
request-unsent = ⚠️ Не отправлено: до человека не достучаться.
request-untold = ✅ Сделано, но сообщить человеку не удалось.
correction-received = ⚖️ Ваши кредиты исправлены: <b>{ $credits }</b>. { $why }
message-received = 💌 <b>Сообщение от нас</b>
    <blockquote>{ $words }</blockquote>
shut-out = ⛔️ Я больше не принимаю от вас заказы: «{ $why }». Ваши кредиты остаются вашими, начатое будет доделано. Если это ошибка, напишите в /support.
shut-out-tap = Я больше не принимаю от вас заказы. Если это ошибка, напишите в /support.
let-in = 💚 Вам снова рады: всё работает как прежде.
admin-title = 🗂 <b>Для владельцев</b>
admin-waits = ⏳ Ждут вас: обращения { $tickets } · деньги { $held } · необработанные сообщения { $failed }
admin-at-work = 🛠 Фотосессий в работе: { $photoshoots }
admin-selling-paused = 🔧 Сейчас ничего не продаётся: смотрите «Тормоза».
admin-free-stopped = 🎁 Новые люди не получают бесплатных кредитов: смотрите «Тормоза».
admin-person-hint = 👤 Один человек: /user с id, @именем или номером платежа, или перешлите его сообщение.
admin-list-payments = Платежи
admin-list-orders = Заказы
admin-list-held = Удержано
admin-list-tickets = Обращения
admin-list-failed = Сбои
button-statistics = Статистика
button-brakes = Тормоза
button-team = Команда
button-digests = Сводки
digests-title = 📰 <b>Сводки</b>
digests-daily = ☀️ Каждое утро с восьми вы все читаете про вчерашний день и про то, что ждёт.
digests-weekly = 📅 По понедельникам — ещё и про прошлую неделю.
digests-not-weekly = 📅 Про недели пока ничего не приходит.
button-weekly-begin = Присылать и про недели
button-weekly-end = Про недели не нужно
brakes-title = 🎛 <b>Тормоза</b>
brakes-selling = ✅ Кредиты продаются.
brakes-not-selling = 🔧 <b>Ничего не продаётся</b>, потому что
brake-owner = • вы закрыли магазин: { $why }
brake-provider-quota = • у провайдера кончилась квота
brake-provider-key = • провайдер не принимает ключ
brake-provider-model = • провайдер не знает модель
brake-provider-outage = • провайдер не отвечает
brake-provider-budget = • дневной бюджет потрачен (PROVIDER_BUDGET_USD)
brakes-free-given = 🎁 Новые люди получают бесплатные кредиты.
brakes-free-stopped = 🎁 Новые люди <b>не</b> получают бесплатных кредитов.
brakes-hint = Закрыть магазин: <code>/pause причина</code>; покупатели её прочтут. Начатые заказы продолжаются.
button-resume = Открыть магазин
button-free-stop = Не давать бесплатных
button-free-allow = Снова давать бесплатные
pause-usage = <code>/pause причина</code>, например <code>/pause Новые модели, до полудня</code>. Её прочтут покупатели, поэтому коротко.
team-title = 👥 <b>Кто помогает с обращениями</b>
team-line = • { $name } { $at } · <code>{ $user }</code>
team-empty = Никто, кроме владельцев.
team-hint = Они отвечают на обращения и видят одного человека; денег не касаются. Добавить того, кто уже писал боту: <code>/support_add id или @имя</code>.
team-usage = С человеком, например <code>/support_add @emma</code> или <code>/support_remove 1234567</code>.
button-withdraw = Больше не помогает: { $name }
support-granted = 🎫 Теперь вы помогаете с обращениями: /tickets покажет, что ждёт, /user одного человека, /admin всё.
shop-paused-why = 🔧 <b>Магазин закрыт на время:</b> «{ $why }». Ваши кредиты остаются, и на них можно заказывать.
checkout-paused-by-owner = Магазин закрыт на время, ничего не списано. { $why }
checkout-banned = Я не могу принять от вас оплату. Напишите в /support. Ничего не списано.
alert-budget-spent = ⚠️ <b>Дневной бюджет провайдера потрачен.</b> { $spent } из { $budget } USD. До вашей полуночи ничего не продаётся, заказы ждут; дальше я продолжу сам. Чтобы сегодня было больше, поднимите PROVIDER_BUDGET_USD и перезапустите.
alert-budget-over = ✅ Дневной бюджет снова свободен: заказы продолжаются, кредиты продаются.
error-already-done = Это уже сделано.

## Broadcasts

command-limits = Что и как часто можно людям
limits-title = 🚦 <b>Лимиты</b>
limit-messages = сообщения одного человека
limit-photoshoots = фотосессии одного человека
limit-recognitions = фото одного человека, которые смотрит модель
limit-requests = запросы с одного адреса
limits-line = { $mark } { $what }: <b>{ $most }</b> за { $window }
limits-line-set = { $mark } { $what }: <b>{ $most }</b> за { $window } до { $until }, потом снова { $usual }
limits-nobody-waits = Сейчас никому не нужно ждать.
limits-waiting = ⏳ Сейчас ждут: { $count }
limits-waiter = • <code>{ $who }</code>, { $what }: { $wait }
limits-seconds = { $number } с
limits-minutes = { $number } мин
limits-hours = { $number } ч
limits-hint = Кнопка действует час, во всех процессах через секунды. Другое число или время: <code>/limits messages 5 90</code> на 90 минут, а за ними, если хотите, слова для журнала; <code>/limits messages usual</code> — как обычно.
limits-usage = Лимит, сколько и на сколько минут, например <code>/limits messages 5 90</code>, или <code>/limits messages usual</code>. Есть messages, photoshoots, recognitions и requests; самое долгое время — 30 дней.
button-limit-lower = { $mark } ↓ { $most }
button-limit-raise = { $mark } ↑ { $most }
button-limit-usual = { $mark } Как обычно: { $most }
command-performance = Как работает бот
command-cache = Что держим наготове и уборка
process-title = 🩺 <b>Как работает бот</b>, за последние пять минут
process-well = ✅ Все части в порядке.
process-unwell = ⚠️ Не в порядке: { $parts }
process-unknown = –
process-machine = 🖥 Процессор { $cpu } %, память { $memory } %, диск { $disk } %
process-requests = 💬 Одновременно { $active }, в секунду { $perSecond }; в среднем { $average } с, самые долгие { $slowest } с; не удалось { $errors } %
process-jobs = 🖼 Задач в работе { $jobs }, ждут { $waiting }
process-data = 🗄 Занято соединений { $pool } %, попаданий в кэш { $hits } %, за сутки доступен { $uptime } %
button-refresh = 🔄 Обновить

cache-title = 🗃 <b>Что этот процесс держит наготове</b>
cache-line = { $name }: заполнено { $filled } %, ответов из кэша { $hits } % (запросов: { $questions })
cache-name-recognition = Что на фото
cache-name-prepared-photos = Подготовленные фото
cache-name-prepared-photos-on-disk = Подготовленные фото на диске
cache-name-thumbnails = Уменьшенные фото
cache-name-search = Поиск по HTTP
cache-name-image-search = Поиск по виду, HTTP
cache-redis-none = Redis не задан, работает память.
cache-redis-away = ⚠️ Redis недоступен, пока работает память.
cache-redis-well = Redis: занято { $used } МБ
cache-cleared = Очищено: { $removed }. Что понадобится, будет сделано заново.
cache-warmed = Наготове: фото { $photos } и ваши показатели.
clean-up-done = Уборка сделана. Удалено: { $removed }
clean-up-partly = Уборка сделана. Удалено: { $removed }, не удалось шагов: { $failed }. Причина в журнале.
button-cache-warm = ⚡️ Подготовить
button-cache-clear = 🗑 Очистить
button-clean-up = 🧹 Уборка
command-health = Как себя чувствует каждая часть
health-title = 🫀 <b>Как себя чувствует каждая часть</b>
health-line = { $note ->
        [none] { $mark } { $name } · { $latency } мс
       *[other] { $mark } { $name } · { $latency } мс: { $note }
    }
health-connections = 🗄 Соединения с базой данных: работают { $active }, ждут { $idle }; этот процесс открывает не больше { $max }
command-alerts = О чём я предупреждаю
alerts-title = 🔔 <b>Тревоги</b>
alerts-none = ✅ Всё в порядке.
alerts-more = … и ещё; смотрите кабинет.
alerts-resolved = <b>Недавно прошло</b>
alerts-ago = { $sentence } · { $time } назад
alerts-rules = <b>Когда я пишу</b>
alerts-rule = { $bad ->
        [above] { $name }: от { $warning }
       *[below] { $name }: ниже { $warning }
    }{ $critical ->
        [none] {""}
       *[other] , критично { $critical }
    }
alerts-measure = { $unit ->
        [seconds] { $value } с
        [percent] { $value } %
       *[count] { $value }
    }
alerts-change = Пределы меняются в /dashboard, раздел «Тревоги».
button-health = 🫀 Части
button-alerts = 🔔 Тревоги
button-process = 🩺 Показатели
command-broadcast = Рассказать многим
button-broadcasts = Новая рассылка
broadcast-title = 📣 <b>Рассылка { $id }</b> · { $state }
broadcast-state-draft = не отправлена
broadcast-state-sending = отправляется
broadcast-state-paused = на паузе
broadcast-state-done = отправлена
broadcast-state-cancelled = отменена
broadcast-segment = 👥 Кому: { $segment } { $language }
segment-all = всем
segment-buyers = покупателям
segment-inactive = кого нет 30 дней
segment-language = кто говорит на
broadcast-readers = 🔢 Читателей сейчас: { $readers }
broadcast-counts = 📬 Отправлено { $sent } · ждут { $waiting } · заблокировали { $blocked } · не вышло { $failed } · неизвестно { $unknown }
broadcast-no-text = ✍️ Текста пока нет. Кто без текста на своём языке, получит английский.
broadcast-write = ✍️ Напишите текст ({ $language }) одним сообщением, так, как его прочтут.
button-segment-language = язык { $language }
button-broadcast-text = Написать: { $language }
button-broadcast-test = Прислать только мне
button-broadcast-start = Отправить: { $readers }
button-broadcast-pause = Пауза
button-broadcast-resume = Дальше
button-broadcast-cancel = Отменить
button-news-off = Без новостей, пожалуйста
button-news-on = Снова получать новости
news-off = Новостей больше не будет. Что касается ваших заказов, придёт. Вернуть новости: /settings.
news-on = Вы снова получаете новости.
settings-news-on = 📣 Иногда вы получаете наши новости.
settings-news-off = 🔕 Новостей вы не получаете.
morning-digest = ☀️ <b>Доброе утро.</b> Вчера, { $day }:
    👤 Новые люди: { $newPeople } · 🖼 снимки: { $pictures } · 💵 расходы: { $cost } USD
    💳 Платежей: { $payments } · { $money }{ $refunded ->
        [no] {""}
       *[other] {" · возвращено: "}{ $refunded }
    }
    ⏳ Ждут вас: обращения { $tickets } · деньги { $held } · необработанные сообщения { $failed } · фотосессий в работе { $atWork }
    🚨 Тревог сейчас: { $alerts }
    { $selling ->
        [off] 🔧 Сейчас ничего не продаётся: смотрите /admin.
       *[on] ✅ Кредиты продаются.
    }
weekly-digest = 📅 <b>Ваша неделя, { $from } – { $to }</b>, рядом с предыдущей:
    👤 Новые люди: { $newPeople }
    🖼 Снимки: { $pictures } · 💵 расходы: { $cost } USD
    💳 Платежей: { $payments } · { $money }{ $refunded ->
        [no] {""}
       *[other] {" · возвращено: "}{ $refunded }
    }

## Файлы для маркетплейсов

button-pack = 📦 Файлы для маркетплейсов
pack-title = 📦 <b>Файлы для маркетплейсов</b>
pack-hint = Точные пиксели, имена и размеры файлов для каждой площадки, бесплатно. До 9 файлов приходят по одному и архивом ZIP, больше — одним ZIP.
pack-sku = 🏷 Артикул: <b>{ $sku }</b>
pack-without-sku = 🏷 Артикула нет: файлы назову «product».
pack-sku-ask = 🏷 Пришлите артикул (SKU), например <code>MUG-01</code>. По нему назову файлы.
pack-below = 🏷 Артикул записан: карточка ниже.
pack-making = ⏳ <b>Готовлю файлы</b>: { $done } из { $total }.
pack-ready = { $files ->
        [one] ✅ <b>Готов { $files } файл</b>: { $channels }.
        [few] ✅ <b>Готово { $files } файла</b>: { $channels }.
       *[many] ✅ <b>Готово { $files } файлов</b>: { $channels }.
    }
pack-nothing = 😔 <b>Ни один из этих файлов сделать не удалось.</b>
pack-only-zip = Они в одном архиве ZIP, по папке на площадку.
pack-cut = ✂️ Обрезано под формат, взгляните: { $channels }.
pack-extended = 🖼 Дополнено до формата: { $channels }.
pack-smaller = 📐 Примут, но площадка советует больше: { $channels }.
pack-too-small = 🔍 Нужен снимок крупнее: { $channels }.
pack-no-cut-out = ⬜ Нужен чисто белый фон, а уверенно вырезать товар не получилось: { $channels }. Поможет фото на ровном фоне, который отличается от товара.
pack-too-heavy = ⚖️ Не получается уложиться в размер файла: { $channels }.
pack-unreadable = ⚠️ Снимок не удалось прочитать: { $channels }.
pack-from-preview = { $pictures ->
        [one] ℹ️ Оригинал { $pictures } снимка уже не хранится: файл сделан из превью, оно менее чёткое.
       *[other] ℹ️ Оригиналы { $pictures } снимков уже не хранятся: файлы сделаны из превью, они менее чёткие.
    }
pack-gone = { $pictures ->
        [one] { $pictures } снимок больше не хранится ни у Telegram, ни у меня.
        [few] { $pictures } снимка больше не хранятся ни у Telegram, ни у меня.
       *[many] { $pictures } снимков больше не хранятся ни у Telegram, ни у меня.
    }
pack-zip-name = marketplaces
button-pack-none = Сначала выберите площадку
button-pack-make = 📦 Сделать { $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[many] { $files } файлов
    } · бесплатно
button-sku-add = 🏷 Добавить артикул
button-sku-change = 🏷 Изменить артикул
button-again-large = 🔎 Ещё раз, крупно · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-listing = 📝 Текст карточки · бесплатно
listing-begun = Пишу…
listing-title = 📝 <b>Текст для карточки товара</b>
listing-hint = Нажмите на текст, чтобы скопировать его целиком. В нём то, что видно на фото и что сказали вы: прочтите перед публикацией.
button-copy-title = Скопировать название
button-copy-keywords = Скопировать ключевые слова
error-no-listing = 😔 Сейчас не получилось написать текст об этом товаре. Попробуйте через пару минут, это бесплатно.
error-too-many-listings = За сутки написано текстов: { $max }. Больше одному продавцу не напишу, приходите завтра.
button-cut-out = ✂️ Вырезать товар · бесплатно
cut-out-begun = Ищу контур…
cut-out-caption = ✂️ Только товар: на прозрачном фоне, на белом с мягкой тенью и на чисто белом.
cut-out-file-name = без-фона
cut-out-title = Товар без фона
cut-out-by-model = Модель может вырезать его по вашему фото. Если не получится, кредит вернётся.
button-cut-out-short = ✂️ Вырезать
button-cut-out-model = ✂️ Вырезать · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
button-white-model = ⬜ Главное на белом · { $credits ->
        [one] { $credits } кредит
        [few] { $credits } кредита
       *[many] { $credits } кредитов
    }
cut-out-unsure = ✂️ Ни на одном из снимков не видно уверенно, где кончается товар, поэтому вырезать его не стал. Поможет фото на ровном фоне, который отличается от товара, без резких теней.

## A person’s rights to their data

command-deletedata = Удалить мои данные
checkout-leaving = Ваши данные скоро будут удалены, /start их вернёт. Ничего не списано.
deletion-title = 🗑 <b>Удалить ваши данные?</b>
deletion-goes = <b>Удалим:</b> ваше имя, фото и снимки, всё, что вы писали, сохранённые стили, обращения в поддержку.
deletion-stays = <b>Останется:</b> что и когда оплачено, под случайным номером, который к вам не ведёт. Это нужно для учёта. Сам чат остаётся в Telegram, пока вы его не удалите.
deletion-credits = ⚠️ Вы потеряете { $credits ->
        [one] <b>{ $credits } неиспользованный кредит</b>
        [few] <b>{ $credits } неиспользованных кредита</b>
       *[other] <b>{ $credits } неиспользованных кредитов</b>
    }.
deletion-refunds = ⚠️ После этого вернуть платёж нельзя: Telegram должен знать, чей он.
deletion-subscription = Подписка закончится сразу и больше не спишется.
deletion-work = { $photoshoots ->
        [one] { $photoshoots } заказ в работе ещё придёт.
        [few] { $photoshoots } заказа в работе ещё придут.
       *[other] { $photoshoots } заказов в работе ещё придут.
    }
deletion-waits = ⏳ По одному из ваших платежей ещё нет решения. Удаление его подождёт.
deletion-days = Вернуться можно в течение { $days ->
        [one] { $days } дня
       *[other] { $days } дней
    }. До этого мы ничего вам не продаём и не делаем.
deletion-kept = 👍 Всё остаётся как есть.
deletion-team = Вы помогаете здесь, и сделанное для других хранится под вашим именем. Попросите владельца это закончить, потом сработает /deletedata.
deletion-done = ✅ Ваши данные удалены. Если вернётесь, /start начнёт всё с начала.
button-delete-data = Удалить мои данные
button-keep-data = Оставить мои данные
leaving = 🗑 Ваши данные будут удалены <b>{ $date }</b>. До этого дня их можно оставить одним нажатием, остальное здесь не работает.
leaving-tap = Ваши данные скоро будут удалены. Отправьте /start, чтобы их оставить.
leaving-back = 👍 <b>С возвращением!</b> Ничего не удалено, всё ваше на месте.
person-leaving = 🗑 просит удалить свои данные: { $date }, если не вернётся
person-deleted = 🗑 данные удалены { $date }. Осталось только то, что нужно для учёта.
error-buyer-deleted = Покупатель удалил свои данные, а Telegram возвращает деньги только тому, кто известен. Его об этом предупредили.
command-privacy = Ваши данные: что хранится
privacy-title = 🔐 <b>Ваши данные</b>
privacy-kept = <b>Что хранится, сколько и зачем</b>
privacy-kept-drafts = Фото, с которыми вы ничего не заказали: { $time }, чтобы работала карточка
privacy-kept-history = Фото, снимки и слова ваших заказов: { $time }, для /history и новых снимков
privacy-kept-originals = Оригиналы снимков, которые вы не забрали: { $time }
privacy-kept-recognitions = Что видно на фото: { $time }, чтобы не смотреть дважды
privacy-kept-prepared-photos = Фото, подготовленное для снимков: { $time }, только в памяти
privacy-kept-updates = Ваши сообщения: слова до обработки, отметка о получении { $time }, чтобы ничего не посчитать дважды
privacy-kept-failed-updates = Сообщение, с которым не вышло: { $time }, чтобы его посмотрел человек
privacy-kept-tickets = Что вы писали в поддержку: { $time } после решения
privacy-kept-owner-words = Что мы писали о вас или вам: { $time }, чтобы за это отвечать
privacy-kept-invoices = Неоплаченные счета и заметки о запоздавших платежах: { $time }
privacy-kept-broadcasts = Что вы получили общую рассылку: { $time }, чтобы она пришла один раз
privacy-kept-data-requests = Что вы просили свои данные: { $time }
privacy-kept-former-customers = После удаления код из вашего номера в Telegram и секрета: { $time }, только чтобы подарок был один раз, а закрытый доступ остался закрытым
privacy-until-deletion = Имя, имя пользователя, язык, сохранённые стили и откуда вы пришли: пока вы их не удалите
privacy-books = Платежи и кредиты: сколько нужно для учёта, после удаления без вас. Номер квитанции, который дал Telegram, остаётся при платеже.
privacy-minutes = { $number ->
        [one] { $number } минута
        [few] { $number } минуты
       *[other] { $number } минут
    }
privacy-hours = { $number ->
        [one] { $number } час
        [few] { $number } часа
       *[other] { $number } часов
    }
privacy-days = { $number ->
        [one] { $number } день
        [few] { $number } дня
       *[other] { $number } дней
    }
privacy-who = <b>Кто это видит</b>
    Telegram передаёт всё и хранит этот чат. Фото и слова заказа получает ИИ-сервис ({ $providers }), вместо имени — код. Владельцы и поддержка видят то, что нужно для помощи. Больше никто, мы ничего не продаём. В технических журналах номера, но не ваши слова.
privacy-clicks = Если вы пришли по рекламе, её сеть узнаёт по своему номеру клика, что вы начали и купили.
privacy-rights = /mydata – всё одним файлом
    /deletedata – удалить всё, передумать можно { $days ->
        [one] { $days } день
        [few] { $days } дня
       *[other] { $days } дней
    }
    /support – спросить нас
button-ask-delete = Удалить мои данные…
command-mydata = Всё о вас одним файлом
button-data-file = Мои данные файлом
data-file-begun = 📦 Собираю всё, что о вас хранится. Файл придёт через минуту.
data-file = 📦 Всё, что о вас хранится: data.json в этом архиве. Снимки названы номерами файлов Telegram, посмотреть их можно в /history.
data-file-about = Всё, что о вас хранится, по таблицам. Снимки названы номерами файлов Telegram, другие люди — «somebody else». Что хранится и сколько, говорит /privacy.
data-file-name = my-data.zip
data-file-unsure = 📦 Ваш файл был в пути, когда что-то сломалось. Если его нет выше, отправьте /mydata ещё раз.
data-file-failed = 📦 Файл не удалось отправить. Отправьте /mydata ещё раз или напишите в /support.
error-data-too-soon = Прошлому файлу меньше часа. Следующий можно получить через { $minutes ->
        [one] { $minutes } минуту
        [few] { $minutes } минуты
       *[other] { $minutes } минут
    }.
### Панель в браузере: без разметки, страницы экранируют каждый текст.

command-dashboard = Открыть панель
button-dashboard = Панель
button-dashboard-open = Открыть панель
button-dashboard-app = Открыть в Telegram
dashboard-link = 🔑 Этот ключ откроет панель один раз, в течение десяти минут. Никому его не передавайте.
dashboard-here = Он работает на том компьютере, где запущен я. Чтобы открывать панель с телефона, задайте DASHBOARD_URL.
act-sign-in = вход в панель
dash-title = Панель
dash-skip = К содержанию
dash-menu = Меню
dash-more = Ещё
dash-to-start = В начало
dash-refused = Не получилось
dash-form-foreign = Эта форма не из этого сеанса. Откройте страницу заново.
dash-sign-in = Войти
dash-sign-in-hint = Одно нажатие откроет панель в этом браузере.
dash-sign-in-how = Отправьте боту /dashboard: в ответ придёт ключ, который открывает панель.
dash-signed-in-already = Я уже вошёл
dash-signed-out = Вы вышли
dash-link-over = Этот ключ уже использован или устарел
dash-link-again = Каждый ключ открывает панель один раз, в течение десяти минут. Отправьте боту /dashboard, чтобы получить новый.
dash-opening = Открываю…
dash-app-refused = Здесь я не могу открыть панель. Закройте её и откройте снова из чата; она для владельцев и их помощников.
dash-session = Этот сеанс
dash-sign-out = Выйти
dash-sign-out-everywhere = Выйти везде
dash-section-overview = Обзор
dash-section-payments = Платежи
dash-section-orders = Заказы
dash-section-people = Люди
dash-section-find = Найти человека
dash-section-tickets = Обращения
dash-section-pictures = Снимки
dash-section-styles = Стили
dash-section-prices = Цены
dash-section-sources = Источники
dash-section-cohorts = Вернувшиеся
dash-section-broadcasts = Рассылки
dash-section-audit = Журнал
dash-section-health = Состояние
dash-section-alerts = Тревоги
dash-section-limits = Лимиты
dash-section-channels = Площадки
dash-channels-hint = По этим правилам делаются файлы для маркетплейсов. Площадки меняют правила без предупреждения: прежде чем положиться, загляните в источник. «Догадка» – ничего свежего не нашлось.
dash-col-channel = Площадка
dash-col-file = Файл
dash-channel-white = чисто белый фон
dash-channel-most = не больше { $megabytes } МБ, { $pictures ->
        [one] { $pictures } снимок
        [few] { $pictures } снимка
       *[many] { $pictures } снимков
    }
dash-col-certain = Насколько точно
dash-channel-read = прочитано { $day }
dash-channel-rule-pixels = пиксели
dash-channel-rule-bytes = мегабайты
dash-channel-rule-ground = фон
dash-channel-rule-names = имена
dash-certain-official = официально
dash-certain-copied = по копии
dash-certain-third-party = так говорят другие
dash-certain-guess = догадка
dash-period = Период
dash-period-custom = Другие дни
dash-from = С
dash-to = По
dash-show = Показать
dash-more-than-before = больше, чем раньше
dash-less-than-before = меньше, чем раньше
dash-seconds = { $seconds } с
dash-within = 95 из 100 за { $time }
dash-name = Название
dash-value = Значение
dash-waits = Что ждёт
dash-nothing-waits = Вас ничего не ждёт.
dash-waits-alerts = { $count ->
        [one] тревога
        [few] тревоги
       *[many] тревог
    }
dash-waits-tickets = { $count ->
        [one] обращение ждёт
        [few] обращения ждут
       *[many] обращений ждут
    }
dash-waits-held = { $count ->
        [one] платёж отложен
        [few] платежа отложено
       *[many] платежей отложено
    }
dash-waits-unsettled = { $count ->
        [one] платёж не записан
        [few] платежа не записано
       *[many] платежей не записано
    }
dash-waits-failed = { $count ->
        [one] сообщение не обработано
        [few] сообщения не обработано
       *[many] сообщений не обработано
    }
dash-money = Деньги
dash-net = Доход
dash-net-note = пришло { $gross }, вернулось { $refunded }, в среднем { $average }
dash-margin = Маржа
dash-margin-note = { $each } на заказ
dash-cost = Расход на модели
dash-cost-note = { $each } за снимок
dash-orders-paid = Оплачено заказов
dash-orders-note = открыто { $pending }, отменено { $cancelled }, истекло { $expired }
dash-paying = Заплатили людей
dash-conversion = { $percent } % последних счетов
dash-refunds = Возвраты
dash-chargebacks = Возвращено частями: { $parts }, оспорено: { $count }
dash-outstanding = Должны снимков
dash-outstanding-note = Кредиты у людей
dash-by-package = По пакетам
dash-by-source = По источникам
dash-use = Использование
dash-pictures-delivered = Снимки
dash-pictures-note = куплено { $bought }, подарено { $given }, бесплатно { $free }
dash-people-active = Активные
dash-people-new = Новые
dash-people-blocked = Ушли: { $count }
dash-known-again = Узнано повторно
dash-known-again-note = столько запросов сбережено; моделью { $model }, со стилями дома { $house }
dash-photoshoots = Съёмки
dash-photos-note = Прислано фото: { $count }
dash-by-style = По стилям
dash-by-ratio = По форматам
dash-by-language = По языкам
dash-quality = Качество
dash-complete = Полные съёмки
dash-outcomes-note = частично { $partial }, не вышло { $failed }, остановлено { $cancelled }, отклонено фото { $refused }
dash-not-right = Не то
dash-missing = Не сделано снимков
dash-missing-note = не вышло { $failed }, отклонено { $refused }
dash-drifted = Отличаются от фото
dash-drifted-note = как на фото { $same }, не измерено { $notMeasured }
dash-labels = Этикетки читаются иначе
dash-labels-note = как на фото { $same }, без текста { $none }, не прочитано { $notRead }
dash-photo-to-card = От фото до стилей
dash-create-to-delivery = От «Создать» до снимков
dash-not-right-reasons = Почему не то
dash-missing-why = Почему не сделано
dash-in-tables = В таблицах
dash-help = Поддержка
dash-tickets-opened = Новых обращений
dash-first-answer = Первый ответ
dash-now = Сейчас
dash-queued = В очереди
dash-generating = Делается
dash-awaiting-payment = Ждёт оплаты
dash-drafts = Черновики
dash-spent-today = Провайдеры сегодня
dash-of-budget = { $percent } % от { $budget } в день
dash-no-budget = предел не задан
dash-of-style = Стиль: { $style }.
dash-all-styles = Показать все стили
dash-states = Состояние
dash-search = Человек
dash-search-hint = Номер, @имя или платёж
dash-find = Найти
dash-find-person = Найти человека
dash-nobody = Я никого не знаю с таким номером, @именем или платежом.
dash-several = Это имя было у нескольких людей. Ищите по номеру.
dash-none = Здесь ничего нет.
dash-csv = CSV
dash-order = { $order ->
        [oldest] Сначала старые
       *[newest] Сначала новые
    }
dash-sort = Порядок
dash-sort-starts = Старты
dash-sort-photos = Фото
dash-sort-pictures = Первые снимки
dash-sort-paid = Оплатили
dash-sort-revenue = Выручка
dash-pages = Страницы списка
dash-page-before = ‹ Назад
dash-page-after = Дальше ›
dash-col-payment = Платёж
dash-col-order = Заказ
dash-col-person = Человек
dash-col-id = Номер
dash-col-username = Имя в Telegram
dash-col-state = Состояние
dash-col-amount = Сумма
dash-col-given-back = Возвращено частями
dash-col-day = День
dash-col-week = Неделя с
dash-col-currency = Валюта
dash-col-credits = Кредиты
dash-col-time = Время
dash-col-package = Пакет
dash-col-language = Язык
dash-col-since = С нами с
dash-col-seen = Был здесь
dash-col-source = Источник
dash-col-campaign = Кампания
dash-col-paywalls = Видели магазин
dash-col-again = Купили снова
dash-col-weeks-later = +{ $weeks }
dash-weeks-later = { $weeks ->
        [one] через { $weeks } неделю
        [few] через { $weeks } недели
       *[many] через { $weeks } недель
    }
dash-col-ticket = Обращение
dash-col-topic = Тема
dash-col-moved = Последнее сообщение
dash-col-picture = Снимок
dash-col-product = Товар
dash-col-style = Стиль
dash-col-ratio = Формат
dash-col-why = Почему
dash-col-stars = Звёзды
dash-col-each = За снимок
dash-col-card = Картой
dash-col-code = Код
dash-col-gives = Даёт
dash-col-used = Использован
dash-col-per-person = Раз на человека
dash-col-until = До
dash-col-broadcast = Рассылка
dash-col-segment = Читатели
dash-col-act = Действие
dash-col-prompt = Для модели
dash-col-by = Кто
dash-col-whom = С кем
dash-col-object = Что
dash-col-before = Было
dash-col-after = Стало
dash-col-reason = Почему
dash-payment = Платёж { $id }
dash-held-why = Отложен, потому что
dash-unused = Не использовано
dash-at-work = Кредитов в работе
dash-refund = Возврат
dash-why = Почему
dash-choose = Выберите…
dash-why-missing = Укажите, почему возвращаются деньги.
dash-refund-yes = Вернуть { $price }
dash-refund-by-hand = Отметить { $price } как возвращённые
dash-by-hand = Оплачено картой, Telegram не может это вернуть. Сначала верните деньги у платёжного провайдера, потом отметьте здесь.
dash-renews = Он относится к подписке, которая продлевается. Её может отменить человек или вы в чате.
dash-given-parts = Возвращено частями
dash-part-left = Осталось
dash-part-credits = { $credits ->
        [0] без кредитов
        [one] и { $credits } кредит
        [few] и { $credits } кредита
       *[many] и { $credits } кредитов
    }
dash-part-amount = Сколько ({ $currency }) из { $left }
dash-part-unread = Укажите, сколько вернуть, не больше { $left }, и почему – не длиннее { $longest } знаков.
dash-refund-whole-only = Звёзды возвращаются только целиком: часть Telegram не возвращает.
dash-unsettled = Незаписанные деньги
dash-unsettled-hint = Они пришли или вернулись, и записать их пока не удалось. Я продолжаю пробовать сам.
dash-try-again = Попробовать снова
dash-spent = Потрачено
dash-payments-count = Платежей: { $count }
dash-photoshoots-count = Съёмок: { $count }
dash-tickets-count = Всего: { $count }
dash-open-tickets = Открытые обращения
dash-reserved = в резерве { $credits }
dash-invited-by = Пригласил
dash-at-work-now = Съёмки в работе
dash-open-orders = Открытые счета
dash-held-payments = Отложенные платежи
dash-subscription = Подписка
dash-subscription-renews = продлевается
dash-of-person = Об этом человеке
dash-banned = доступ закрыт
dash-blocked = ушёл
dash-support = помогает с обращениями
dash-done-to-them = Что было сделано
dash-act-gift = Подарить кредиты
dash-act-correct = Исправить кредиты
dash-act-ban = Закрыть доступ
dash-act-message = Написать
dash-act-refund-part = Вернуть часть
dash-how-many = Сколько кредитов
dash-direction = Прибавить или убавить
dash-up = Прибавить
dash-down = Убавить
dash-why-read = Почему? Человек это прочтёт
dash-message-words = Что передать? Человек сможет ответить
dash-ban-hint = Всё своё человек сохранит, начатая работа закончится.
dash-go-on = Дальше
dash-leave-it = Оставить как есть
dash-unban = Открыть доступ
dash-words-missing = Укажите, сколько кредитов, если они меняются, и напишите не больше { $longest } знаков.
dash-confirm-gift = Подарить { $credits }: { $name }? Сейчас кредитов { $before }, станет { $after }. Человек прочтёт:
dash-confirm-correct = Исправить кредиты на { $credits }: { $name }? Сейчас { $before }, станет { $after }. Человек прочтёт:
dash-confirm-ban = Закрыть доступ: { $name }? Человек прочтёт:
dash-confirm-message = Отправить это: { $name }?
dash-confirm-refund-part = Отметить { $part } как возвращённые: { $name }? Сначала верните деньги у платёжного провайдера. Человек прочтёт:
dash-do-gift = Подарить { $credits }
dash-do-correct = Исправить на { $credits }
dash-do-ban = Закрыть доступ
dash-do-message = Отправить
dash-do-refund-part = Отметить { $part } как возвращённые
dash-too-few = У человека { $before }, больше, чем есть, я не беру. Начните снова с меньшим числом.
dash-ticket = Обращение { $id }
dash-waiting = ждут
dash-ticket-state-open = открыто
dash-ticket-state-in-progress = отвечено
dash-ticket-state-resolved = решено
dash-answer = Ваш ответ
dash-answer-missing = Напишите ответ не длиннее { $longest } знаков; если страница старая, откройте её заново.
dash-send = Отправить
dash-resolve = Отметить как решённое
dash-us = мы
dash-with-photo = фото, оно в чате
dash-pictures-of-delivered = Доставлены
dash-pictures-of-not-right = Не то
dash-pictures-of-missing = Не сделаны
dash-picture-alt = { $product }, { $style }
dash-no-name = Товар
dash-no-picture = Снимка нет
dash-packages = Что продаётся
dash-packages-hint = Пакеты и подписку задают PACKAGES и SUBSCRIPTION.
dash-monthly = в месяц
dash-promo-codes = Промокоды
dash-styles-hint = В таком порядке стили видят покупатели. Первые четыре включённых предлагают, когда фото не распознано. Карточка, где стиль уже есть, его сохранит.
dash-styles-sheet = Как они выглядят
dash-styles-sheet-alt = Лист с примером каждого стиля под его номером
dash-style-number = № { $number }
dash-style-on = включён
dash-style-off = выключен
dash-style-up = Выше
dash-style-down = Ниже
dash-style-turn-on = Включить
dash-style-turn-off = Выключить
dash-promo-new = Новый промокод
dash-promo-code = Код: 3–24 латинские буквы и цифры
dash-promo-kind = Что он даёт
dash-promo-credits = Кредиты сразу
dash-promo-percent = Скидку на следующую покупку
dash-promo-value = Сколько кредитов или процентов (не больше 90)
dash-promo-uses = Сколько раз всего; пусто — сколько угодно
dash-promo-per-person = Сколько раз на человека
dash-promo-days = Сколько дней действует; пусто — всегда
dash-promo-create = Создать
dash-promo-unread = Такой код я сделать не могу. Проверьте числа.
dash-gives-credits = { $value ->
        [one] { $value } кредит
        [few] { $value } кредита
       *[many] { $value } кредитов
    }
dash-gives-percent = скидка { $value } %
dash-broadcast = Рассылка { $id }
dash-broadcast-new = Новая рассылка
dash-broadcast-languages = Кто без текста на своём языке, получит английский. Пустое поле — текста нет.
dash-broadcast-save = Сохранить и посмотреть
dash-broadcast-read-so = Читатели увидят так
dash-broadcast-to = Кому: { $segment }. Читателей сейчас: { $readers }.
dash-broadcast-unread = Выберите читателей и пишите не больше { $longest } знаков на каждом языке.
dash-no-text = текста пока нет
dash-readers-sent = Отправлено
dash-readers-waiting = Ждут
dash-readers-blocked = Ушли
dash-readers-failed = Не вышло
dash-readers-unknown = Неизвестно
dash-step-pause = Приостановить
dash-step-resume = Продолжить
dash-step-cancel = Отменить
dash-live-hint = Эти числа обновляются сами.
dash-parts = Части процесса
dash-health-ok = хорошо
dash-health-degraded = хуже, чем надо
dash-health-unhealthy = плохо
dash-failed = Необработанные сообщения
dash-failed-hint = { $count ->
        [one] { $count } сообщение не удалось обработать.
        [few] { $count } сообщения не удалось обработать.
       *[many] { $count } сообщений не удалось обработать.
    }
dash-none-failed = Таких нет.
dash-done-gift = Подарено, человек знает.
dash-done-correct = Исправлено, человек знает.
dash-done-ban = Доступ закрыт, человек знает почему.
dash-done-message = Отправлено.
dash-done-refund-part = Часть возвращена, человек знает.
dash-done-untold = Сделано, но сообщить человеку не удалось.
dash-done-unsent = Не отправлено: связаться с человеком не удалось.
dash-done-unban = Доступ открыт.
dash-done-refunded = Деньги возвращены.
dash-done-refund-refused = Telegram отказал в возврате. Ничего не изменилось: кредиты снова у покупателя. Причина в журнале.
dash-done-refund-unknown = Telegram не ответил. Кредиты взяты обратно; я спрашиваю сам, пока деньги не вернутся.
dash-done-settled = Записано.
dash-done-settled-before = Уже было записано.
dash-done-settled-held = Записано, но не подходит ни к одному заказу: платёж отложен.
dash-done-settled-failed = И в этот раз не удалось. Причина в журнале; я продолжаю пробовать.
dash-done-answered = Ответ доставлен.
dash-done-unanswered = Ответ записан, но доставить его не удалось.
dash-done-resolved = Обращение решено.
dash-done-promo = Код действует.
dash-done-promo-exists = Такой код уже есть, он остался прежним.
dash-done-styles = Теперь покупатели видят так.
dash-done-broadcast-written = Сохранено. Этого ещё никто не прочёл.
dash-done-broadcast-tried = Рассылка в вашем чате — такой её получат читатели.
dash-done-broadcast-untried = Прислать её вам в чат не удалось.
dash-done-retried = Пробую снова.
dash-done-retry-gone = Этого уже нет.
dash-standing = Что происходит сейчас
dash-no-alerts = Тревог нет.
dash-happened = Что случилось за последние дни
dash-rules = О чём я предупреждаю
dash-rules-hint = Если показатель минуту остаётся за пределом, я об этом пишу. Предупреждение ждёт конца тихих часов, критическое не ждёт.
dash-rule-name-response-time = Ответы
dash-rule-name-error-rate = Неудачные запросы
dash-rule-name-processing-time = Задачи очереди
dash-rule-name-cpu = Процессор
dash-rule-name-memory = Память
dash-rule-name-disk = Диск
dash-rule-name-cache-hit-rate = Ответы из кэша
dash-rule-name-active-requests = Запросов одновременно
dash-rule-name-database-pool = Соединения с базой данных
dash-rule-name-image-queue = Снимки, которые ждут потока
dash-rule-name-open-circuits = Сервисы снимков, которые сейчас не опрашиваются
dash-rule-now = сейчас { $value }
dash-rule-above = { $critical ->
        [none] предупреждение от { $warning }
       *[other] предупреждение от { $warning }, критично от { $critical }
    }
dash-rule-below = { $critical ->
        [none] предупреждение ниже { $warning }
       *[other] предупреждение ниже { $warning }, критично ниже { $critical }
    }
dash-rule-warning = Предупреждение, { $unit ->
        [seconds] в секундах
        [percent] в процентах
       *[count] числом
    }
dash-rule-critical = Критично, в тех же единицах; пусто — никогда
dash-rule-save = Сохранить
dash-rule-unread = Таких пределов я не понимаю. Оба — числа, и предупреждение наступает раньше критического.
dash-process = Этот процесс
dash-process-hint = Тот, который вам отвечает, за последние пять минут.
dash-process-cpu = Процессор
dash-process-memory = Память
dash-process-memory-note = { $size } МБ
dash-process-disk = Диск
dash-process-loop = Цикл событий
dash-process-loop-note = Ждёт не дольше { $delay } мс
dash-process-requests = Запросов сразу
dash-process-requests-note = { $perSecond } в секунду
dash-process-answer = Ответ занимает
dash-process-failed = Неудачные запросы
dash-process-jobs = Задач в работе
dash-process-jobs-note = Ждут: { $count }
dash-process-job = Задача занимает
dash-process-connections = Занятые соединения
dash-process-database-note = База данных: { $size } МБ
dash-process-up = Работает
dash-process-up-note = { $percent } % последних суток
dash-caches = Кэши
dash-col-cache = Кэш
dash-col-filled = Заполнен
dash-col-hits = С ответом
dash-col-questions = Вопросов
dash-col-evictions = Вытеснено
dash-col-stale = Выдано старых
dash-by-token = программа (ADMIN_API_TOKEN)
dash-done-thresholds = Пределы действуют.
dash-done-limit = Лимит действует с этого момента, во всех процессах через секунды.
dash-limits-hint = Каждый лимит скользит: ни в одном отрезке такой длины не бывает больше. Изменение действует сразу и кончается само; постоянное задаётся в настройках.
dash-limit-in-force = { $most } за { $window }
dash-limit-configured = как в настройках
dash-limit-until = до
dash-limit-usual = Как обычно: { $most }
dash-limit-then = потом снова { $usual }
dash-limit-by = изменено: { $who }
dash-limit-most = Сколько
dash-limit-time = На какое время
dash-limit-unit = В чём
dash-limit-unit-minutes = минуты
dash-limit-unit-hours = часы
dash-limit-unit-days = дни
dash-limit-why = Почему? Это останется в журнале
dash-limit-set = Установить
dash-limits-unread = Укажите, сколько, от 1 до 1 000 000, на какое время, до 30 дней, и почему, не длиннее { $longest } знаков.
dash-limits-waiting = Кто ждёт
dash-limits-waiting-hint = Кого заставляет ждать процесс, показавший эту страницу; сначала те, кому дольше.
